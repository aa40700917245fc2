"""Who sees how notices go: counts and failures, never to whom."""

OVERSEE = "notices.oversee_notices"
