"""The pages: one's own, the register, recusal beside a case."""
