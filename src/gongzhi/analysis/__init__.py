"""云在算: plain Python about places and times; knows no Django, no database and no person."""
