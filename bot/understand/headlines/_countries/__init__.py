"""Names of states and blocs, one file per locale."""
