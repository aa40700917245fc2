"""Units of organisation and the accounts of those who work in them."""
