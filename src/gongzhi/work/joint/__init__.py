"""Joint handling: one unit leads, others do their part; whoever is outside answers by a link."""
