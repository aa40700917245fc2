"""How the platform itself runs: what a machine reads, and what the administrator sees."""
