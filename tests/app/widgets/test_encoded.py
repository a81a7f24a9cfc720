"""Pictures written by the window."""

import os
import sys

import pytest
from PySide6.QtGui import QImage

from zscape.app.widgets.pictures.encoded import encoded
from zscape.app.work.kept_picture import read_picture, write_picture
from zscape.models.errors import ZscapeError


def picture(side=40):
    made = QImage(side, side, QImage.Format.Format_RGB32)
    made.fill(0x123456)
    return made


@pytest.mark.parametrize("suffix", ["png", "ppm"])
def test_what_is_written_is_read(qapp, tmp_path, suffix):
    write_picture(tmp_path / f"a.{suffix}", picture())
    assert read_picture(tmp_path / f"a.{suffix}", 100) == picture()
    assert read_picture(tmp_path / f"a.{suffix}", 30).isNull()
    whole = (tmp_path / f"a.{suffix}").read_bytes()
    (tmp_path / f"a.{suffix}").write_bytes(whole[: len(whole) // 2])
    assert suffix == "ppm" or read_picture(tmp_path / "a.png", 100).isNull()


@pytest.mark.skipif(sys.platform == "win32", reason="file names are Unicode there")
def test_a_name_that_is_not_unicode_is_written_where_it_is(qapp, tmp_path):
    name = os.fsdecode(b"caf\xe9.png")
    write_picture(tmp_path / name, picture())
    assert list(tmp_path.iterdir()) == [tmp_path / name]
    assert read_picture(tmp_path / name, 100) == picture()


def test_on_a_full_disk_the_old_picture_stays(qapp, tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    write_picture(path, picture())
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(ZscapeError, match="No space left"):
        write_picture(path, picture(60))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_picture_is_an_error(qapp):
    with pytest.raises(OSError, match="encoded"):
        encoded(QImage())
