"""The live line: every page that wants it hears what happens, within a second."""
