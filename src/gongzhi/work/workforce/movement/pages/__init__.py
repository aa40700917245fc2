"""What officers, personnel and the leadership see of movement."""
