"""The commands, one file per group, without logic of their own."""
