"""人在干: where people act."""
