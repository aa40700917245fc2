"""Care: fatigue shown to oneself, somebody to talk to in confidence, anonymous pulse surveys."""
