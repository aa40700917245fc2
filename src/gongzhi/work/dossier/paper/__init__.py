"""Documents on paper: the same words as DOCX, to work on, and as PDF, to sign."""
