"""What every page is made of: templates, styles, scripts, errors a person may read."""
