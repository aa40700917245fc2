"""Rows from other systems: fetched by connectors, held to a contract, loaded or quarantined."""
