"""Past shifts played again: for training and review, never for appraisal."""
