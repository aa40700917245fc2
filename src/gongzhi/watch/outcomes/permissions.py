"""Who sees the measures that are not public, and who sets what the county wants to reach."""

VIEW = "outcomes.view_measures"
SET_TARGET = "outcomes.set_target"
