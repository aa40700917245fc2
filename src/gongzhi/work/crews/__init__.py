"""The crew's phone: what it tells through gaps in the signal, and whether its crew is well."""
