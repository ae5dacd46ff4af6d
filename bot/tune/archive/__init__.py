"""Hold rule sets against what was read already."""
