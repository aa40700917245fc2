"""A case as a folder that outlives the platform: written, and read back without it."""
