"""Who may see how the platform runs, and which program may read its figures."""

VIEW = "operations.view_operations"
READ = "operations.read_figures"
"""Of a monitoring program's key: figures without persons, and nothing else."""
