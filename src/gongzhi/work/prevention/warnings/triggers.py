"""Triggers by which both databases refuse to change or delete a published message.

On SQLite a migration that alters the table makes it anew without them: it must call this again.
"""

_SQLITE = """CREATE TRIGGER warnings_message_no_{verb} BEFORE {verb} ON warnings_message
BEGIN SELECT RAISE(ABORT, 'a published warning never changes'); END"""
_FUNCTION = """CREATE FUNCTION warnings_message_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a published warning never changes'; END $$"""
_ROWS = """CREATE TRIGGER warnings_message_stays BEFORE UPDATE OR DELETE ON warnings_message
FOR EACH ROW EXECUTE FUNCTION warnings_message_stays()"""

BY_VENDOR = {
    "sqlite": [_SQLITE.format(verb="UPDATE"), _SQLITE.format(verb="DELETE")],
    "postgresql": [_FUNCTION, _ROWS],
}
