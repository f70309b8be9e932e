"""What every connection to PostgreSQL begins with."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_no_statement_is_compiled() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite compiles nothing")
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
