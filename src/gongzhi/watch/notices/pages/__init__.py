"""Pages: how notices go, what they say, and subscribing."""
