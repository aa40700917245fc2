"""The crew's phone, what it sends, and what the desk is warned of."""
