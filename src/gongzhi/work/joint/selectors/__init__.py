"""What the pages of joint handling read."""
