"""Human numbers without gaps or repeats: 意 2026-0128."""

from uuid import UUID

from django.db import connection, models

from lvzhi.records.base.identifiers import new_id
from lvzhi.records.matters.models import NumberSeries


def next_number(congress: UUID, prefix: str, year: int) -> str:
    """The next matter number of a year, as people write it. One statement."""
    return f"{prefix} {year}-{next_serial(congress, prefix, year):04d}"


def next_serial(congress: UUID, prefix: str, year: int, count: int = 1) -> int:
    """Take the next `count` numbers of a series in the caller's transaction and return the first; one statement.

    A rollback gives them back. The row of the series stays locked until the transaction ends, so two clerks never
    get the same number.
    """
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    convert = models.UUIDField().get_db_prep_value
    # The table name is our own constant; every value is a parameter.
    sql = (
        f"INSERT INTO {table} (id, congress_id, prefix, year, last) VALUES (%s, %s, %s, %s, %s) "
        f"ON CONFLICT (congress_id, prefix, year) DO UPDATE SET last = {table}.last + EXCLUDED.last RETURNING last"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [convert(new_id(), connection), convert(congress, connection), prefix, year, count])
        row = cursor.fetchone()
    return int(row[0]) - count + 1
