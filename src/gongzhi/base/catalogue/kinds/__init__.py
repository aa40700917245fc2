"""The shapes of catalogue items, one module a folder of the catalogue."""
