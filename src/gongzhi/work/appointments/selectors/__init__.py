"""What can be booked, what was, and who is next."""
