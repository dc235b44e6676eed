"""The leerplan ervaringsdeskundigheid, levels 2 to 7, as an instrument of kwartier: the portfolio of a student."""
