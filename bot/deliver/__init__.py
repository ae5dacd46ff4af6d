"""Turn an alert into a channel's message and hand it over."""
