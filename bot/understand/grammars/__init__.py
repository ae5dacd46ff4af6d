"""Function words of each language, one file per language."""
