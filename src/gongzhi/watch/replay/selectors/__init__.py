"""What a past shift was, as the record has it."""
