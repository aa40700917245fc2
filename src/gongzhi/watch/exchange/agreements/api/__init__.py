"""``/api/agreements/v1/``: a department's program reads what was agreed, and nothing else.

Errors are problems (RFC 9457), rows go by cursor. See `docs/reference/apis.md`.
"""
