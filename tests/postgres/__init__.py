"""A PostgreSQL server for tests and benchmarks, on machines that have none."""
