"""The three maps: what happened, what is fixed, what is moving."""
