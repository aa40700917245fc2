"""``/api/v1/services/``: a program reads what a service asks, applies, and adds materials.

From one service file: the JSON Schema (2020-12) of an application, and its checks, which are those
of the form. Errors are problems (RFC 9457). See `docs/reference/services-api.md`.
"""
