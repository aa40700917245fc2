"""How somebody of the public can be reached, and that they proved it: no account, no list."""
