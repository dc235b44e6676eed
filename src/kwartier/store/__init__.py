"""Records as TOML files that are never half written and never lost; what stands in them is not known here."""
