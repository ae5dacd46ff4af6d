"""The languages that are read, one file each."""
