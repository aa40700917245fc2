"""The partner's pages: its inbox, and what a signed link opens."""
