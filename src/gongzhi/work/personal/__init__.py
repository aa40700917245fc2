"""What people may ask about what is held of them, and how that goes on: PIPL, chapter IV."""
