"""Reports: one neutral document, and a writer per format."""
