"""The pages: one's own record, the unit's people, the organisation."""
