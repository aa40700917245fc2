"""Movement: vacancies that everybody can apply for, rotation, decisions with reasons, appeal."""
