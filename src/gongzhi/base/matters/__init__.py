"""件: anything somebody must see through to an end."""
