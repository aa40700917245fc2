"""How it goes: the measures of the catalogue, counted day by day and judged with care."""
