"""Pages of open data: for everybody, and for those who prepare and let out versions."""
