"""SQLite's `EXPLAIN QUERY PLAN`: nothing is executed, no transaction begins."""
import gc as _gc
import re as _re
import types as _types

_COUNTED_ROWS = 100_000
_CALLABLES = (_types.FunctionType, _types.MethodType, _types.BuiltinFunctionType)
_RELATION = _re.compile(
    r'(?:\bFROM\b|\bJOIN\b|,)\s*(?:"?\w+"?\.)?("?\w+"?)(?:\s+(?:AS\s+)?(?!FROM\b|WHERE\b|ON\b|JOIN\b|INNER\b|LEFT\b|CROSS\b|NATURAL\b|'
    r'GROUP\b|ORDER\b|LIMIT\b|USING\b|UNION\b|RIGHT\b|FULL\b|OUTER\b|INDEXED\b|NOT\b|HAVING\b)("?\w+"?))?',
    _re.I,
)


def _explain_sqlite(connection, text, parameters):
    module = _loaded_module("sqlite3")
    connection_class = module["Connection"]
    holds = _gc.get_referents(connection)
    if not holds:
        raise _NotSafe("this Python does not tell whether the connection calls back into the notebook")
    if any(type(held) in _CALLABLES for held in holds):
        # A trace callback, an authorizer, a progress handler: they would see our statements.
        raise _NotSafe("the connection calls back into the notebook")
    as_text = _native(connection_class, "text_factory")(connection)
    if as_text is not str:
        raise _NotSafe("the connection makes its texts in a way of its own")
    cursor = module["Cursor"](connection)
    ask = _native(module["Cursor"], "execute")(cursor)
    rows_of = _native(module["Cursor"], "fetchall")(cursor)

    def rows(statement, values=()):
        ask(statement, values)
        return rows_of()

    try:
        steps = rows("EXPLAIN QUERY PLAN " + text, _no_values(parameters))
        details = [step[-1] for step in steps]
        relations = _sqlite_relations(text)
        scans = []
        for detail in details:
            scan = _sqlite_scan(detail, text, relations, rows)
            if scan is not None and scan not in scans:
                scans.append(scan)
        return _plan(details, scans)
    finally:
        _native(module["Cursor"], "close")(cursor)()


def _no_values(parameters):
    """As many parameters, none of them the user's: SQLite makes the same plan, and no adapter is called."""
    if parameters is None:
        return ()
    if type(parameters) in (tuple, list):
        return (None,) * len(parameters)
    if type(parameters) is dict:
        return dict.fromkeys(parameters)
    raise _NotSafe("its parameters are of a class of their own")


def _sqlite_relations(text):
    """`{name or alias in lower case: table}`"""
    found = {}
    text = _re.sub(r"'(?:[^']|'')*'", "?", text)
    first = _re.search(r"\bFROM\b", text, _re.I)
    for table, alias in _RELATION.findall(text[first.start() :] if first else ""):
        table = table.strip('"')
        for name in (table, alias.strip('"')):
            if name:
                found.setdefault(name.lower(), table)
    return found


def _sqlite_scan(detail, text, relations, rows):
    # `SCAN orders`, `SCAN TABLE orders AS o` before 3.36; an automatic index is made anew for each execution.
    match = _re.match(r"SCAN (?:TABLE )?(\w+)(?: AS (\w+))?(?! CONSTANT)", detail) or _re.match(
        r"SEARCH (?:TABLE )?(\w+)(?: AS (\w+))? USING AUTOMATIC", detail
    )
    if match is None or "VIRTUAL TABLE" in detail:
        return None
    named = (match.group(2) or match.group(1)).lower()
    table = relations.get(named)
    if table is None:
        return None
    columns = [row[1] for row in rows(f'PRAGMA table_info("{table}")')]
    aliases = {name for name, of in relations.items() if of == table} if match.group(2) is None else {named}
    automatic = _re.search(r"USING AUTOMATIC .*?INDEX \((.*)\)", detail)
    if automatic:
        looked_for = [name for name in _re.findall(r"(\w+)\s*[=<>]", automatic.group(1)) if name in columns]
    else:
        looked_for = _looked_for(_condition_of(text), columns, aliases)
    if not looked_for or not columns:
        return None
    counted = rows(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {_COUNTED_ROWS})')
    scan = {"table": table, "columns": looked_for, "createIndex": _create_index(table, looked_for)}
    if counted:
        scan["rows"] = counted[0][0]
    return scan
