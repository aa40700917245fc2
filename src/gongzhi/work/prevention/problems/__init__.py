"""Rises that chance hardly explains, and problems worked on until it is known what helped."""
