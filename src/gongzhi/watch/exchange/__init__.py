"""Facts handed to other systems, and taken from them: Open311, imports."""
