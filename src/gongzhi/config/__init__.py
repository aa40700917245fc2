"""Settings, URLs, command line and the demo county: the only place that knows everything."""
