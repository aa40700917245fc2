"""What there is to tell of an event, and which subscriptions want to know."""
