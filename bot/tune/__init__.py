"""Hold a rule set against texts: tests beside the words, explanations, and what an edit would change."""
