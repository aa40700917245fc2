"""Linked response (联动): partners who are asked for help, and answer against clocks."""
