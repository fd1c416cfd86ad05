"""Triggers by which the database itself refuses to alter or delete what is kept for good."""

from collections.abc import Mapping

from alembic import op

Guards = Mapping[str, tuple[str, str, str]]
"""By name of the trigger: the table; “INSERT”, “UPDATE” or “DELETE”; when it is refused, in SQL."""


def differs(*columns: str) -> str:
    """Say in SQL that one of these is altered; emptying it is altering it too."""
    return " OR ".join(f"new.{name} IS DISTINCT FROM old.{name}" for name in columns)


def rewritten(*columns: str) -> str:
    """Say in SQL that one of these becomes something else than nothing: erasing is allowed."""
    return " OR ".join(
        f"(new.{name} IS NOT NULL AND new.{name} IS DISTINCT FROM old.{name})" for name in columns
    )


def protect(guards: Guards) -> None:
    """Have the database refuse."""
    for name, (table, act, when) in guards.items():
        if op.get_bind().dialect.name == "sqlite":
            # SQLite before 3.39 does not know the standard's words for it.
            plain = when.replace("IS DISTINCT FROM", "IS NOT")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {plain} "
                f"BEGIN SELECT RAISE(ABORT, '{name}: kept for good'); END"
            )
            continue
        # In the function, for a trigger of PostgreSQL cannot itself look into another table.
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN IF {when} THEN RAISE EXCEPTION '{name}: kept for good'; END IF; "
            f"RETURN {'old' if act == 'DELETE' else 'new'}; END$$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def release(guards: Guards) -> None:
    """Take the protections off again, the last one first."""
    for name, (table, _act, _when) in reversed(guards.items()):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
