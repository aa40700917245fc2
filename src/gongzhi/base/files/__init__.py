"""Photos and documents: checked, made anew without what a camera wrote into them, kept by hash."""
