"""Pages about units, accounts, and who looked at whose details."""
