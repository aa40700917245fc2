"""What is read of complaints."""
