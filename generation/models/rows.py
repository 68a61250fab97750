"""Many rows changed by one statement, built once: building it takes the ORM longer than the database to do it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

Values = Mapping[str, Any]  # by the attribute's name, as in `lane_id`


def update_each(model: type[Model], changes: Sequence[tuple[Values, Values]]) -> None:
    """Find for each change the row that has its first values, none of them None, and write its second ones.

    All changes name the same attributes. Raises LookupError where a row is not as expected: the caller holds the lock
    under which it cannot change. Django's `bulk_update` knows no such conditions, and takes many times as long.
    """
    if not changes:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    quoted = connection.ops.quote_name
    own = {field.attname: field for field in model._meta.concrete_fields}
    expected, written = ([own[name] for name in values] for values in changes[0])
    assigned = ", ".join(f"{quoted(str(field.column))} = %s" for field in written)
    required = " AND ".join(f"{quoted(str(field.column))} = %s" for field in expected)
    statement = f"UPDATE {quoted(model._meta.db_table)} SET {assigned} WHERE {required}"  # noqa: S608  names of ours
    rows = [
        [
            field.get_db_prep_save(values[field.attname], connection)
            for fields, values in ((written, new), (expected, old))
            for field in fields
        ]
        for old, new in changes
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
        if cursor.rowcount != len(rows):
            raise LookupError(f"{cursor.rowcount} of {len(rows)} rows of {model._meta.label} are as expected")
