"""Turn bytes into clean, dated, canonical text; pure, no I/O."""
