"""Working days, and the sum that gives a due date. Plain Python: no models, no clock of its own."""
