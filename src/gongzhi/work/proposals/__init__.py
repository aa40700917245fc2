"""Taking part: proposals and what was promised, votes that can be counted again, consultations."""
