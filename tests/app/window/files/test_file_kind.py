"""The kind of a dropped file is recognised by its contents alone."""

import codecs
import zipfile

import numpy as np
import pytest
import torch
from sounds import tone, write_sound
from stage import write_model

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import KEY, save, to_json
from zscape.app.window.files.file_kind import kind_of
from zscape.models.errors import ZscapeError
from zscape.models.media.images import save_png


def test_each_kind_is_known_whatever_its_name(tmp_path, tiny_model):
    path = tmp_path / "file.dat"
    path.write_bytes(tiny_model.read_bytes())
    assert kind_of(path) == "model"
    save(path, SessionFile())
    assert kind_of(path) == "session"
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert kind_of(path) == "session"
    save_png(path, np.zeros((4, 4, 1), np.uint8), metadata={KEY: to_json(SessionFile())})
    assert kind_of(path) == "session"
    save_png(path, np.zeros((4, 4, 1), np.uint8))
    assert kind_of(path) == "picture"
    with path.open("wb") as file:
        np.savez(file, z=np.zeros((1, 2)))
    assert kind_of(path) == "latents"
    write_sound(path, tone(440, 0.1))
    assert kind_of(path) == "sound"


def test_videos_count_as_sound_but_pictures_in_their_containers_do_not(tmp_path):
    path = tmp_path / "file.dat"
    for start in (b"\0\0\0\x20ftypisom", b"\x1a\x45\xdf\xa3", b"fLaC", b"\xff\xfb\x90\x64", b"FORM\0\0\0\0AIFF"):
        path.write_bytes(start + bytes(64))
        assert kind_of(path) == "sound", start
    for start in (b"\0\0\0\x20ftypavif", b"RIFF\0\0\0\0WEBP", b"\xff\xd8\xff\xe0", b"\xff\xff\xff\xff"):
        path.write_bytes(start + bytes(64))
        assert kind_of(path) == "picture", start


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"model": "mnist", "timeline": 1, "seconds": 1}', "film"),
        ('{"seconds": 1, "timeline": 1}', "film"),
        ('{ "model": "m", "units": [] }', "units"),
        ('{"scene": {"timeline": 1}, "format": 1}', "session"),
        ('{"model": ', "session"),
    ],
)
def test_the_keys_of_a_json_file_tell_what_it_is_in_any_order(tmp_path, text, kind):
    path = tmp_path / "file.json"
    path.write_text(text)
    assert kind_of(path) == kind


def test_programs_in_disguise_are_refused(tmp_path):
    path = tmp_path / "weights.png"
    torch.save({"w": torch.zeros(2)}, path)
    with pytest.raises(ZscapeError, match="run code"):
        kind_of(path)
    path.write_bytes(b"\x80\x04\x95\x10")
    with pytest.raises(ZscapeError, match="pickle"):
        kind_of(path)


def test_the_folder_of_a_run_stands_for_its_model(tmp_path):
    assert kind_of(write_model(tmp_path / "run" / "model.safetensors").parent) == "model"


def test_folders_missing_empty_and_unknown_files_are_refused(tmp_path):
    with pytest.raises(ZscapeError, match="folder"):
        kind_of(tmp_path)
    with pytest.raises(ZscapeError, match="Cannot read"):
        kind_of(tmp_path / "gone")
    (tmp_path / "empty").touch()
    with pytest.raises(ZscapeError, match="empty"):
        kind_of(tmp_path / "empty")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(ZscapeError, match="archive"):
        kind_of(tmp_path / "a.zip")
