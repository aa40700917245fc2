"""Open data: figures that anybody may take away, in versions that never change."""
