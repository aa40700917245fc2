"""Officers' rights: harm done to somebody on lawful duty, untrue accusations, help with both."""
