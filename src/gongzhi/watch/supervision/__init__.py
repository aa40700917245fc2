"""Supervision: rules follow the log and find what units owe a matter or its procedure."""
