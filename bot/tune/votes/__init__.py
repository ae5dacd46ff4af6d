"""Learn points, words and exceptions from the votes of readers."""
