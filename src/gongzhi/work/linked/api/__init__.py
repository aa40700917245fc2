"""``/api/linked/v1/``: a partner's own program lists its requests, follows changes, and answers.

Errors are problems (RFC 9457), lists go by keyset cursor, answers may carry an ``Idempotency-Key``
(draft-ietf-httpapi-idempotency-key-header). See `docs/reference/linked-api.md`.
"""
