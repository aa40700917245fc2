"""The dossier's page, and what its buttons do."""
