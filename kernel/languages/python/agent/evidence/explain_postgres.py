"""PostgreSQL's `EXPLAIN (FORMAT JSON)`: plans, executes nothing. Inside a savepoint where a transaction is open."""
import json as _json
import re as _re

_IDLE, _IN_TRANSACTION = 0, 2
# Rows that a scan keeps, of those that it reads: where it keeps more, an index would not be used.
_FEW = 0.2


def _explain_psycopg(connection, text, parameters):
    module = _loaded_module("psycopg")
    info = connection.pgconn
    if getattr(connection, "_pipeline", None) is not None:
        raise _NotSafe("the connection is in pipeline mode")
    cursor = module["Cursor"](connection, row_factory=_loaded_module("psycopg.rows")["tuple_row"])

    def rows(statement, values=None):
        execute = _type_dict(module["Cursor"])["execute"]
        execute(cursor, statement, values, prepare=False)
        return cursor.fetchall() if cursor.description is not None else []

    try:
        return _explain_postgres(rows, int(info.transaction_status), connection.autocommit, text, parameters)
    finally:
        cursor.close()


def _explain_psycopg2(connection, text, parameters):
    extensions = _loaded_module("psycopg2.extensions")
    if connection.async_:
        raise _NotSafe("the connection is asynchronous")
    cursor = extensions["cursor"](connection)

    def rows(statement, values=None):
        _native(extensions["cursor"], "execute")(cursor)(statement, values)
        return cursor.fetchall() if cursor.description is not None else []

    try:
        status = connection.get_transaction_status()
        return _explain_postgres(rows, status, connection.autocommit, text, parameters)
    finally:
        cursor.close()


def _explain_postgres(rows, status, autocommit, text, parameters):
    if "--" in text or "/*" in text:
        raise _NotSafe("it holds a comment")
    parameters = _plain_parameters(parameters)
    if status == _IDLE and not autocommit:
        raise _NotSafe("no transaction is open, and asking would open one")
    if status not in (_IDLE, _IN_TRANSACTION):
        raise _NotSafe("the connection is in the middle of something")
    if status == _IDLE:
        return _postgres_plan(rows, text, parameters)
    rows("SAVEPOINT pyperf_explain")
    try:
        plan = _postgres_plan(rows, text, parameters)
    except BaseException:
        rows("ROLLBACK TO SAVEPOINT pyperf_explain")
        rows("RELEASE SAVEPOINT pyperf_explain")
        raise
    rows("RELEASE SAVEPOINT pyperf_explain")
    return plan


def _postgres_plan(rows, text, parameters):
    told = rows("EXPLAIN (FORMAT JSON) " + text, parameters)[0][0]
    tree = (_json.loads(told) if type(told) is str else told)[0]["Plan"]
    lines, scans = [], []
    _walk_plan(tree, 0, lines, scans)
    found = []
    for table, schema, alias, condition, kept in scans:
        scan = _postgres_scan(rows, table, schema, alias, condition, kept)
        if scan is not None and scan not in found:
            found.append(scan)
    return _plan(lines, found)


def _walk_plan(node, depth, lines, scans):
    condition = node.get("Filter") or ""
    on = f" on {node['Relation Name']}" if "Relation Name" in node else ""
    using = f" using {node['Index Name']}" if "Index Name" in node else ""
    cost = f" (cost={node.get('Total Cost', 0):.0f} rows={node.get('Plan Rows', 0)})"
    lines.append("  " * depth + node.get("Node Type", "?") + using + on + cost)
    for key in ("Filter", "Index Cond", "Hash Cond", "Join Filter"):
        if key in node:
            lines.append("  " * (depth + 1) + f"{key}: {node[key]}")
    if node.get("Node Type") == "Seq Scan" and condition:
        scans.append((node["Relation Name"], node.get("Schema"), node.get("Alias"), condition, node.get("Plan Rows", 0)))
    for below in node.get("Plans", ()):
        _walk_plan(below, depth + 1, lines, scans)


def _postgres_scan(rows, table, schema, alias, condition, kept):
    named = '"' + table.replace('"', '""') + '"'
    if schema:
        named = '"' + schema.replace('"', '""') + '".' + named
    known = rows(
        "SELECT c.reltuples::float8, array_agg(a.attname::text) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a "
        "ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE c.oid = to_regclass(%s) GROUP BY 1",
        (named,),
    )
    if not known:
        return None
    count, columns = known[0]
    looked_for = _looked_for(condition, columns, {table.lower(), (alias or "").lower()})
    if not looked_for or (count > 0 and kept > _FEW * count):
        return None
    scan = {"table": table, "columns": looked_for, "createIndex": _create_index(table, looked_for)}
    if count >= 0:  # -1: never analysed
        scan["rows"] = count
    return scan
