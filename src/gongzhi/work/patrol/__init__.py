"""Where and when patrols are wanted: forecasts, places to be at, plans."""
