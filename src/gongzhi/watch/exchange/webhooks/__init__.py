"""Telling a partner's own system at once what happened to its requests (Standard Webhooks)."""
