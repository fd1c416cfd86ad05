"""What core.files promises."""

import pytest

from portal.core.files import new_file


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
