"""What the pages of care show."""
