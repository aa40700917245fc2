"""Signing in with an identity provider: OpenID Connect 1.0, the code flow with PKCE (RFC 7636)."""
