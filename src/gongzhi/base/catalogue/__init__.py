"""What a county decides without code: one TOML file an item, validated on start."""
