"""Thin edges: parts, what a request's page shows of them, and what a link opens."""
