"""The dossier (案卷): a matter's documents, exhibits and evidence files, and its archive."""
