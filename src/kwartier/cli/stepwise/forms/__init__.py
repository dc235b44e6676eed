"""Per form the questions of a step, made of the record as it is; the registry stands in `registry`."""
