"""网在看: readers of the log, and the pages that show what they found."""
