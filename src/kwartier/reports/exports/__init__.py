"""Data of records for other programs: one value per record, its tables and codebook, and a file per format."""
