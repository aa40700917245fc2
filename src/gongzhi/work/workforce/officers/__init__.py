"""People and units: posts, grades, skills, training, leave, and how the organisation changed."""
