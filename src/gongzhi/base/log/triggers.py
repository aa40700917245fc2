"""Triggers by which both databases refuse to change or delete an entry; PostgreSQL's lock."""

_SQLITE = """CREATE TRIGGER log_entry_no_{verb} BEFORE {verb} ON log_entry
BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"""
_FUNCTION = """CREATE FUNCTION log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$"""
_ROWS = """CREATE TRIGGER log_entry_only_grows BEFORE UPDATE OR DELETE ON log_entry
FOR EACH ROW EXECUTE FUNCTION log_only_grows()"""
_TABLE = """CREATE TRIGGER log_entry_never_emptied BEFORE TRUNCATE ON log_entry
FOR EACH STATEMENT EXECUTE FUNCTION log_only_grows()"""

# PL/pgSQL, because each of its statements sees what was committed before it; one plain statement
# would see the head as it was before it got the lock. Any number will do for the lock.
HEAD = """CREATE OR REPLACE FUNCTION log_take_head() RETURNS TABLE (seq bigint, hash varchar)
LANGUAGE plpgsql AS $$ BEGIN
PERFORM pg_advisory_xact_lock(29114442574358633);
RETURN QUERY SELECT e.seq, e.hash FROM log_entry e ORDER BY e.seq DESC LIMIT 1;
END $$"""

BY_VENDOR = {
    "sqlite": [_SQLITE.format(verb="UPDATE"), _SQLITE.format(verb="DELETE")],
    "postgresql": [_FUNCTION, _ROWS, _TABLE],
}
