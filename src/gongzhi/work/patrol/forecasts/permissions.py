"""Who sees forecasts by place."""

VIEW = "patrol.view_forecasts"
