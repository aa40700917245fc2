"""What if: scenarios of the county as it is today, simulated, kept and compared."""
