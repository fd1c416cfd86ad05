"""What core.files promises."""

import os

import pytest

from portal.core import files
from portal.core.errors import NotStored
from portal.core.files import Folder, new_file


def test_a_file_appears_only_when_it_is_complete(tmp_path):
    with new_file(tmp_path, ".zip") as (path, stream):
        stream.write(b"abc")
        assert not path.exists()
    assert path.read_bytes() == b"abc"


def test_a_broken_write_leaves_nothing(tmp_path):
    def fill():
        with new_file(tmp_path, ".zip") as (_, stream):
            stream.write(b"abc")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_tidies_what_is_its_own_old_and_named_by_nobody(tmp_path, monkeypatch):
    monkeypatch.setitem(files._uploads, "folder", tmp_path)
    folder = Folder("letters", (".pdf",))
    named, lost, young = (folder.store(b"x", ".pdf") for _ in range(3))
    half, other, foreign = f".{'1' * 32}.pdf", f"{'2' * 32}.png", "notes.pdf"
    for name in (half, other, foreign):
        folder.path_of(name).write_bytes(b"x")
    for name in (named, lost, half, other, foreign):
        os.utime(folder.path_of(name), (0, 0))
    assert folder.tidy({named}) == 2
    assert {path.name for path in folder.path.iterdir()} == {named, young, other, foreign}


def test_a_disk_that_is_away_says_not_stored(tmp_path, monkeypatch):
    (tmp_path / "letters").write_bytes(b"no folder")
    monkeypatch.setitem(files._uploads, "folder", tmp_path)
    with pytest.raises(NotStored):
        Folder("letters", (".pdf",)).store(b"x", ".pdf")
