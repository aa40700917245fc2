"""Where units should stand, by shift: posts and berths beside those of today."""
