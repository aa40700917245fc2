"""Public services: guidance, the check, applications from the phone to the counter and back."""
