"""Sharing agreements: who may get which fields of which data, for what, until when."""
