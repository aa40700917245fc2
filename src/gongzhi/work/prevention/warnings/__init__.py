"""Warnings to residents: written, published, updated, called off, and shown to everybody."""
