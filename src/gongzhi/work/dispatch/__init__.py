"""Units, who goes where, the dispatch console and the crew's phone."""
