"""How the platform hashes, seals and signs: one interface, two suites (ADR 0020).

A county is founded with one and keeps it. Whatever is written says, or implies by its county, which
suite wrote it; nothing is ever read with the other one by mistake.

Not behind this interface are algorithms that somebody outside lays down: passwords (Django), codes
of an app (RFC 6238), passkeys, tokens of identity providers, web push, webhooks, blind signatures
(RFC 9474), and the names of stored contents, which are their SHA-256.
"""
