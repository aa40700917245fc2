"""Pages of warnings: for residents and programs, and for those who write them."""
