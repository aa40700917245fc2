"""Who may do what: permissions by role, sign-in, keys for programs."""
