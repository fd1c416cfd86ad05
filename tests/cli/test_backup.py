"""Backups: whole, counted, and good for putting everything back."""

import json
import re
import stat
import subprocess
import tarfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from portal.cli import backup as command
from portal.cli.copies import CopyError, archive
from portal.cli.sample import accounts, campaigns, units
from portal.core import clock, jobs
from portal.core.database import random_key, session, write
from portal.extensions import db
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents import files, services
from portal.features.documents.models import State
from portal.features.evidence import files as photo_files
from portal.features.evidence import services as evidence
from portal.features.letters import content, opening
from portal.features.org_units.models import Unit
from portal.features.questionnaires import services as questionnaires
from portal.features.settings.models import Setting
from portal.features.surveys.models import FormKey
from portal.features.users import queries as account_queries
from portal.features.users import services as users
from portal.features.users.models import SignIn
from portal.policy.roles import Role
from tests.conftest import installation, running_app
from tests.support import lettered, live, numbered, papers, sealed, surveyed
from tests.support.officials import PLACES
from tests.support.pictures import upload


@pytest.fixture
def invoke(app):
    def invoke(*arguments):
        db.session.remove()
        return app.test_cli_runner().invoke(args=arguments)

    return invoke


@pytest.fixture
def run(invoke):
    """Run a command, and give what it says."""

    def run(*arguments):
        done = invoke(*arguments)
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.fixture
def refuse(invoke):
    """Run a command that says no, and give what it says."""

    def refuse(*arguments):
        done = invoke(*arguments)
        assert (done.exit_code, type(done.exception)) == (1, SystemExit)
        return done.output

    return refuse


@pytest.fixture
def filled(app, settings):
    units.load()
    upload = settings.data_dir / "uploads" / "ab" / "cd.jpg"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"a picture")
    return upload


def the_backup(settings):
    [path] = (settings.data_dir / "backups").glob("*.tar")
    return path


def destroy(settings):
    """Lose the database as a failing disk would."""
    db.session.remove()
    if settings.database_url.startswith("sqlite"):
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        db.engine.dispose()
        file.write_bytes(b"\0garbage" * 4096)
        for ending in ("-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        return
    with db.engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.commit()


def test_what_was_destroyed_comes_back(run, filled, settings):
    assert "Đã mở lại bản sao và đếm: khớp." in run("backup")
    destroy(settings)
    filled.unlink()
    run("restore", str(the_backup(settings)), "--replace")
    assert len(session().scalars(select(Unit)).all()) == 222
    assert filled.read_bytes() == b"a picture"
    assert run("audit", "verify").startswith("Nhật ký nguyên vẹn")


def test_files_are_counted_on_the_way_out_and_back(run, filled, settings):
    filled.with_name(".half.pdf").write_bytes(b"still being written")
    (settings.data_dir / "uploads" / "later.pdf").write_bytes(b"%PDF-")
    assert re.search(r"dòng, 2 tệp\.", run("backup"))
    (settings.data_dir / "uploads" / "strange.pdf").write_bytes(b"came after")
    assert re.search(r"dòng, 2 tệp\.", run("restore", str(the_backup(settings)), "--replace"))
    kept = {path.name for path in (settings.data_dir / "uploads").rglob("*") if path.is_file()}
    assert kept == {"cd.jpg", "later.pdf"}


def test_uploads_on_another_disk_stay_there(run, filled, settings, tmp_path):
    run("backup")
    uploads, elsewhere = settings.data_dir / "uploads", tmp_path / "other disk"
    uploads.rename(elsewhere)
    uploads.symlink_to(elsewhere)
    run("restore", str(the_backup(settings)), "--replace")
    assert uploads.is_symlink()
    assert filled.read_bytes() == b"a picture"


def test_files_that_come_and_go_while_the_database_is_copied_are_in_the_backup(
    run, filled, settings, monkeypatch
):
    store = type(command._store(settings))
    dump = store.dump

    def dump_slowly(self, target):
        filled.unlink()
        filled.with_name("new.pdf").write_bytes(b"%PDF-")
        return dump(self, target)

    monkeypatch.setattr(store, "dump", dump_slowly)
    run("backup")
    with tarfile.open(the_backup(settings)) as tar:
        assert {"uploads/ab/cd.jpg", "uploads/ab/new.pdf"} <= set(tar.getnames())


def test_a_signed_copy_comes_back_and_one_that_the_disk_lost_is_named(run, app, settings):
    place = surveyed.province(PLACES)
    numbered.letterhead(place, regime="party")
    writer = papers.worker(place)
    document = papers.bring(papers.draft(writer), State.APPROVED, writer)
    [kept, lost] = [
        services.attach_signed(writer, document, name, papers.PDF) for name in ("a.pdf", "b.pdf")
    ]
    kept, lost = files.path_of(kept), files.path_of(lost)
    lost.unlink()
    said = run("backup")
    assert f"bằng chứng, thư không còn trên đĩa, nên không có trong bản sao: {lost.name}" in said
    kept.unlink()
    run("restore", str(the_backup(settings)), "--replace")
    assert kept.read_bytes() == papers.PDF


def test_photos_come_back_and_one_that_the_disk_lost_is_named(run, app, settings):
    place = surveyed.province(PLACES)
    writer = papers.worker(place, Role.COMMUNE)
    photos = evidence.read_photos([upload()])
    subject = evidence.Subject("posting", 1, writer.unit_id)
    [kept] = evidence.attach(writer, subject, photos=photos)
    large, small = photo_files.PHOTOS.path_of(kept.stored), photo_files.PHOTOS.path_of(kept.small)
    content, lost = large.read_bytes(), f"{photo_files.PHOTOS.name}/{small.name}"
    small.unlink()
    assert lost in run("backup")
    large.unlink()
    run("restore", str(the_backup(settings)), "--replace")
    assert large.read_bytes() == content


def test_letters_are_found_and_opened_after_a_restore_on_a_machine_with_other_secrets(
    run, app, settings
):
    made = lettered.box()
    keeper = made.account("city", Role.DISTRICT)
    keeper_id = keeper.id
    sealed.made_key(keeper)
    receipt = made.receipt(official=True, photos=1)
    run("backup")
    destroy(settings)
    for secret in (settings.data_dir / "secrets").iterdir():
        secret.unlink()
    run("restore", str(the_backup(settings)), "--replace")
    with running_app(settings):
        opened = opening.of_receipt(receipt)
        row = opening.load(opened)
        private = sealed.private_key(account_queries.get(keeper_id))
        for mine, half in ((opened.private, row.for_sender), (private, row.for_reader)):
            assert content.open_sealed(mine, half).text == lettered.TEXT


def test_a_photo_of_a_letter_comes_back_and_one_that_the_disk_lost_is_named(run, app, settings):
    lettered.box().receipt(photos=1)
    kept, lost = sorted((settings.data_dir / "uploads" / "letters").iterdir())
    photo = kept.read_bytes()
    lost.unlink()
    assert f"letters/{lost.name}" in run("backup")
    kept.unlink()
    run("restore", str(the_backup(settings)), "--replace")
    assert kept.read_bytes() == photo


def test_a_restored_installation_can_be_backed_up_and_restored_again(run, filled, settings):
    for _ in range(2):
        run("backup", str(settings.data_dir / "one"))
        [path] = (settings.data_dir / "one").glob("*.tar")
        run("restore", str(path), "--replace")
        path.unlink()
    assert len(session().scalars(select(Unit)).all()) == 222


def test_what_came_after_the_backup_is_gone_and_the_restore_is_on_record(run, filled, settings):
    run("backup")
    with write() as current:
        current.add(Setting(name="later", value="1"))
        audit.record(audit.OPERATOR, Act("account:changed", "account", 0))
    run("restore", str(the_backup(settings)), "--replace")
    assert session().get(Setting, "later") is None
    last = session().scalar(text("SELECT action FROM audit_entries ORDER BY number DESC LIMIT 1"))
    assert last == "installation:restored"


def test_what_is_protected_against_change_is_protected_after_a_restore(run, filled, settings):
    run("backup")
    run("restore", str(the_backup(settings)), "--replace")
    with pytest.raises(Exception, match="append-only"), write() as current:
        current.execute(text("DELETE FROM audit_entries"))


def test_data_is_not_replaced_unasked(run, refuse, filled, settings):
    run("backup")
    assert "--replace" in refuse("restore", str(the_backup(settings)))


def test_a_backup_is_for_its_owner_alone_and_holds_no_keys(run, filled, settings):
    run("backup")
    path = the_backup(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with tarfile.open(path) as tar:
        names = tar.getnames()
        assert {member.mtime for member in tar.getmembers()} == {0}
    assert sorted(names) == ["database", "manifest.json", "uploads/ab/cd.jpg"]


def test_the_manifest_tells_rows_and_migration(run, filled, settings):
    run("backup")
    with tarfile.open(the_backup(settings)) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["counts"]["org_units"] == 222
    assert manifest["migration"] == session().scalar(
        text("SELECT version_num FROM alembic_version")
    )


def test_a_changed_backup_is_refused_before_anything_is_touched(run, refuse, filled, settings):
    run("backup")
    path = the_backup(settings)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert "đã thay đổi" in refuse("restore", str(path), "--replace")
    assert len(session().scalars(select(Unit)).all()) == 222


def test_a_file_that_is_no_backup_is_refused(refuse, tmp_path):
    (tmp_path / "other.tar").write_bytes(b"no archive")
    assert "không phải tệp sao lưu" in refuse("restore", str(tmp_path / "other.tar"))


def test_an_installation_without_tables_has_nothing_to_back_up(tmp_path):
    with running_app(installation(tmp_path, f"sqlite:///{tmp_path}/empty.sqlite3")) as app:
        done = app.test_cli_runner().invoke(args=["backup"])
    assert "không có gì để sao lưu" in done.output


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path):
    evil = tmp_path / "evil"
    evil.write_bytes(b"x")
    manifest = archive.Manifest(
        1, "", "sqlite", "", {}, True, "", files={"../out": archive.digest(evil)}
    )
    path = archive.write(tmp_path, "evil.tar", manifest, {"../out": evil})
    with pytest.raises(CopyError, match="lạ"), archive.opened(path, tmp_path):
        pass


def test_a_restore_signs_everybody_out(run, filled, settings):
    made = accounts.create(units_by_code(), settings.data_dir)
    assert isinstance(users.sign_in(made[0].username, made[0].password, None, ""), users.SignedIn)
    run("backup")
    run("restore", str(the_backup(settings)), "--replace")
    assert session().scalars(select(SignIn)).all() == []


def units_by_code():
    return {unit.code: unit for unit in session().scalars(select(Unit))}


def test_another_key_of_the_record_is_noticed(run, filled, settings):
    run("backup")
    (settings.data_dir / "secrets" / "audit").unlink()
    assert "khác khóa" in run("restore", str(the_backup(settings)), "--replace")


def test_nothing_of_the_order_of_arrival_is_in_a_backup(run, filled, settings, tmp_path):
    arrived = [random_key() for _ in range(60)]
    fill_with_form_keys(arrived, settings)
    run("backup")
    with archive.opened(the_backup(settings), tmp_path) as (manifest, folder):
        assert as_they_lie(folder / "database", arrived, manifest.kind) == sorted(arrived)


def fill_with_form_keys(hashes, settings):
    accounts.create(units_by_code(), settings.data_dir)
    questionnaires.load_library()
    today = clock.today()
    campaign = campaigns._draft(campaigns._DEMOCRACY, today, today, "PKS 03")
    place = {"campaign_id": campaign.id, "unit_id": units_by_code()["07207"].id, "folded": False}
    for one in hashes:
        with write() as current:
            current.execute(insert(FormKey), [{"hash": one, **place}])


def as_they_lie(copy, keys, kind):
    """Give the keys in the order of their places in the copy."""
    if kind == "sqlite":
        content = copy.read_bytes()
        places = {key: content.index(key) for key in keys}
        # Within its page SQLite writes from the end towards the start.
        return sorted(keys, key=lambda key: -places[key])
    printed = subprocess.run(
        ["pg_restore", "--data-only", "--table=survey_form_keys", "--file=-", copy],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [bytes.fromhex(key) for key in re.findall(r"^\\\\x([0-9a-f]{32})\t", printed, re.M)]


def test_the_daily_backup_keeps_a_fortnight_and_spares_samples(filled, settings):
    folder = settings.data_dir / "backups"
    folder.mkdir()
    for day in range(20):
        (folder / f"cong-dan-chu-202601{day + 1:02}-000000.tar").touch()
    command.DAILY.handler(jobs.Running(1, {}, None))
    assert len(list(folder.iterdir())) == command.KEPT
    with write() as current:
        current.add(Setting(name="sample", value="1"))
    assert command.DAILY.handler(jobs.Running(2, {}, None)) is None


def test_a_backup_succeeds_while_answers_come_in(run, filled, settings):
    stop = threading.Event()
    writer = threading.Thread(target=write_until, args=(stop, settings))
    writer.start()
    try:
        assert "khớp" in live.run_flask(
            live.environment(settings.data_dir, settings.database_url), "backup"
        )
    finally:
        stop.set()
        writer.join()


def write_until(stop, settings):
    with running_app(settings):
        n = 0
        while not stop.is_set():
            n += 1
            with write() as current:
                current.add(Setting(name=f"n{n}", value="1"))


def test_a_role_without_the_right_to_make_databases_gets_a_listed_backup(server, tmp_path):
    server.execute("CREATE ROLE {} LOGIN", "plain")
    server.execute("CREATE DATABASE {} OWNER plain", "plain")
    url = server.url("plain").replace("portal@", "plain@")
    try:
        environ = live.environment(tmp_path, url)
        live.run_flask(environ, "db", "upgrade")
        assert "Chưa mở lại được bản sao" in live.run_flask(environ, "backup")
        [path] = (tmp_path / "backups").glob("*.tar")
        live.run_flask(environ, "restore", str(path), "--replace")
    finally:
        server.execute("DROP DATABASE {} WITH (FORCE)", "plain")
        server.execute("DROP ROLE {}", "plain")
