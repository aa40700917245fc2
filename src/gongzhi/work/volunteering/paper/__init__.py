"""The certificate of hours, as a PDF."""
