"""Online consultation: what people ask, answered with the article and its legal basis."""
