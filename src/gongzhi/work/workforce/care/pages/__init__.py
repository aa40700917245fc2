"""The pages: one's own, those who listen, and what units of five and more said."""
