"""Monazite: watch policy sources in many languages and say what changed, whom it hits and why it was sent."""

__version__ = "0.1.0"
