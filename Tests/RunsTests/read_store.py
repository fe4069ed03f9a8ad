"""Reads a store of runs with nothing but Python's own sqlite3, as any other SQLite tool would; prints what it finds as JSON."""

import hashlib
import json
import sqlite3
import sys

connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
one = lambda sql: (connection.execute(sql).fetchone() or [None])[0]
contents = connection.execute("SELECT sha256, bytes, content FROM content").fetchall()
print(json.dumps({
    "integrity": one("PRAGMA integrity_check"),
    "foreign_keys": connection.execute("PRAGMA foreign_key_check").fetchall(),
    "journal": one("PRAGMA journal_mode"),
    "application_id": one("PRAGMA application_id"),
    "runs": one("SELECT count(*) FROM run"),
    "recordings": one("SELECT count(*) FROM recording"),
    "contents": len(contents),
    "damaged": [h for h, n, c in contents if hashlib.sha256(c).hexdigest() != h or len(c) != n],
    "listed": [list(row) for row in connection.execute("SELECT name, model, scenario, seed FROM run_list")],
    "programme_totals": [
        row[0] for row in connection.execute("SELECT value FROM headline WHERE measure = 'programme_total'")],
    "from_record": one("SELECT json_extract(record, '$.authority') FROM run"),
    "columns": {
        name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%'")
    },
}))
