"""Migrations go up, down and up again on both databases, with data, and end where the models are.

The whole schema text is compared, because a rebuild of a table on SQLite drops its triggers and
its WITHOUT ROWID in silence.
"""

import os
import re
import subprocess

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import make_url, text

from portal.core.database import Base, dialect, session, write
from portal.features.audit import services as audit
from portal.features.org_units.models import Unit
from portal.features.questionnaires import drafts
from portal.features.questionnaires import queries as queries_of_forms
from portal.features.questionnaires.models import Questionnaire
from portal.features.questionnaires.services import load_library
from portal.features.surveys import fold, participation, queries
from portal.features.surveys.models import Batch, SealedAnswer
from tests.support import surveyed
from tests.support.composing import Author

HEAD = "0017"
APPEND_ONLY = {"audit_entries", "survey_answers", "survey_batches", "survey_texts"}


def schema(settings):
    """Give the whole schema as text, tables, indexes and triggers."""
    session().rollback()
    if dialect() == "sqlite":
        rows = session().execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        # A rebuilt table lists its constraints in any order.
        lines = (row.sql.replace(",", "").split("\n") for row in rows)
        return sorted("\n".join(sorted(line.strip() for line in each)) for each in lines)
    url = make_url(settings.database_url)
    command = ["pg_dump", "-s", "-U", url.username, "-h", url.query["host"], url.database]
    dumped = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    # Some versions wrap a dump in a token of its own, new each time.
    return re.sub(r"\\(un)?restrict \S+", "", dumped.stdout)


def revision():
    session().rollback()
    found = MigrationContext.configure(session().connection()).get_current_revision()
    session().rollback()
    return found


def test_the_head_is_the_one_we_know(app):
    script = ScriptDirectory(app.extensions["migrate"].directory)
    assert script.get_heads() == [HEAD]
    assert revision() == HEAD


def test_the_migrated_database_is_what_the_models_say(app):
    here = session().connection().dialect.name

    def is_of_this_database(thing, *_):
        return thing.info.get("only", here) == here

    context = MigrationContext.configure(session().connection(), opts={
        "compare_type": True, "compare_server_default": True,
        "include_object": is_of_this_database,
    })  # fmt: skip
    assert compare_metadata(context, Base.metadata) == []


def test_up_down_and_up_again_gives_the_same_schema_text(app, settings):
    before = schema(settings)
    downgrade(revision="base")
    assert revision() is None
    upgrade()
    assert schema(settings) == before


def test_down_and_up_work_with_data(app):
    put_data()
    downgrade(revision="base")
    upgrade()
    assert session().query(Unit).count() == 0


def put_data():
    with write() as current:
        unit = Unit(
            code="24", name="Mẫu", full_name="Tỉnh Mẫu", level="province", folded="", sort_key=""
        )
        current.add(unit)
        current.flush()
        act = audit.Act("unit:figures_changed", "unit", unit.id)
        audit.record(audit.OPERATOR, act)


def test_answers_from_before_there_were_channels_came_by_the_codes(app):
    place = surveyed.province({"": ["Xã Một"]})
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 12)
    fold.fold_pending()
    campaign_id = asked.id
    before = participation.by_channel(campaign_id), queries.by_channel(campaign_id)
    session().rollback()
    downgrade(revision="0002")
    upgrade()
    assert (participation.by_channel(campaign_id), queries.by_channel(campaign_id)) == before


def test_forms_of_units_under_shared_codes_keep_their_words_on_the_way_down(app):
    place = surveyed.province({"": ["Xã Một"]})
    shipped = load_library()[0].questionnaire
    own = drafts.adapt(Author(place["Xã Một"].id), shipped)
    draft = queries_of_forms.draft(own.id)
    drafts.freeze(Author(place["Xã Một"].id), draft, draft.version)
    code, own_id = shipped.code, own.id
    with write() as current:  # As somebody may have typed it.
        current.get_one(Questionnaire, own_id).code = code
    session().rollback()
    downgrade(revision="0002")
    codes = dict(session().execute(text("SELECT id, code FROM questionnaires")).all())
    assert codes[own_id] == f"{code}-{own_id}"
    session().rollback()
    upgrade()


def test_upgrading_twice_changes_nothing(app, settings):
    before = schema(settings)
    upgrade()
    assert schema(settings) == before


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_sealed_tables_are_guarded_by_the_database_itself(app, table):
    catalogue = "sqlite_master WHERE type = 'trigger'"
    if dialect() == "postgresql":
        catalogue = "pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    name = "name" if dialect() == "sqlite" else "tgname"
    found = set(session().scalars(text(f"SELECT {name} FROM {catalogue}")))
    assert {f"{table}_no_update", f"{table}_no_delete"} <= found


def test_rows_of_citizens_have_no_hidden_number_on_sqlite(app, settings):
    if dialect() == "postgresql":
        return
    tables = [sql for sql in schema(settings) if "CREATE TABLE survey_" in sql]
    assert tables
    assert all("WITHOUT ROWID" in sql for sql in tables)


def test_every_constraint_has_a_name(app):
    unnamed = [
        (table.name, constraint)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert unnamed == []


def test_no_column_of_citizens_rows_holds_a_time_or_a_running_number(app):
    for model in (Batch, SealedAnswer):
        kinds = {type(column.type).__name__ for column in model.__table__.columns}
        assert kinds <= {"LargeBinary", "Integer", "Text", "String"}
