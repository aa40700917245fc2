"""Keeping and moving a whole county: backup, export, import, and from one database to the other.

One way for all: the rows of every table, in an order in which what a row refers to is there before
it, as values that are the same whichever database they come from (`shape`, `values`, `stores`).
"""
