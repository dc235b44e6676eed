"""Records: what was filled in, as parsed trees with typed views on them, and changes as patches."""
