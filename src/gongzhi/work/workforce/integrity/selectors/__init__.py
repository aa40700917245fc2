"""What the register, recusals and checks read."""
