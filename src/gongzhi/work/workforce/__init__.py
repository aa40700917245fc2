"""The workforce: who works where, and how they are looked after. `officers` is its ground floor."""
