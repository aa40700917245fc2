"""What is read of services and applications."""
