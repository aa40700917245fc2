"""``/api/v1/requests/``: a department's own program reads its requests, accepts, asks and answers.

Errors are problems (RFC 9457), lists go by keyset cursor. See `docs/reference/requests-api.md`.
"""
