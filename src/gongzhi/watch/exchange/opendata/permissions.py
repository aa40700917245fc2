"""Who prepares a version, and who else lets it out."""

PROPOSE, CONFIRM = "opendata.propose_version", "opendata.confirm_version"
