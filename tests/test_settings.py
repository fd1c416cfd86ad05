"""What the environment may say."""

import pytest

from portal.settings import SettingError, Settings


def read(tmp_path, **environ):
    return Settings.from_environment({"PORTAL_DATA": str(tmp_path), **environ})


def test_nothing_set_means_sqlite_in_the_data_folder_on_port_8000(tmp_path):
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    assert settings.base_url == "http://127.0.0.1:8000"


def test_the_port_is_part_of_the_default_address(tmp_path):
    assert read(tmp_path, PORT="8123").base_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("PORTAL_WORKERS", "0"),
        ("DATABASE_URL", "mysql://x"),
        ("PORTAL_BASE_URL", "danchu.example"),
    ],
)
def test_a_value_that_cannot_be_used_names_itself(tmp_path, name, value):
    with pytest.raises(SettingError, match=name):
        read(tmp_path, **{name: value})


def test_postgresql_addresses_are_spoken_to_with_psycopg(tmp_path):
    url = read(tmp_path, DATABASE_URL="postgres://u@h/d").database_url
    assert url == "postgresql+psycopg://u@h/d"


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = read(tmp_path).secret("session")
    assert read(tmp_path).secret("session") == first
    assert (tmp_path / "secrets" / "session").stat().st_mode & 0o777 == 0o600


def test_a_damaged_secret_stops_the_start(tmp_path):
    read(tmp_path).secret("session")
    (tmp_path / "secrets" / "session").write_bytes(b"short")
    with pytest.raises(SettingError, match="session"):
        read(tmp_path).secret("session")
