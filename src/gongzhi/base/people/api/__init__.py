"""The interface by which the county's directory keeps accounts: SCIM 2 (RFC 7643, RFC 7644)."""
