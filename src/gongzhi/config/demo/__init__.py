"""The demo county: a made-up place with made-up people, so that a newcomer sees one at work."""
