"""Triggers by which both databases refuse to change or delete an entry."""

_SQLITE = """CREATE TRIGGER log_entry_no_{verb} BEFORE {verb} ON log_entry
BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"""
_FUNCTION = """CREATE FUNCTION log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$"""
_ROWS = """CREATE TRIGGER log_entry_only_grows BEFORE UPDATE OR DELETE ON log_entry
FOR EACH ROW EXECUTE FUNCTION log_only_grows()"""
_TABLE = """CREATE TRIGGER log_entry_never_emptied BEFORE TRUNCATE ON log_entry
FOR EACH STATEMENT EXECUTE FUNCTION log_only_grows()"""

BY_VENDOR = {
    "sqlite": [_SQLITE.format(verb="UPDATE"), _SQLITE.format(verb="DELETE")],
    "postgresql": [_FUNCTION, _ROWS, _TABLE],
}
