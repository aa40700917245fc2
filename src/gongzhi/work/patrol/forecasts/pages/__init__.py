"""The pages of forecasts: for who plans, and for everybody."""
