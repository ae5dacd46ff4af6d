"""What alert rules may ask of a step: one condition per file."""
