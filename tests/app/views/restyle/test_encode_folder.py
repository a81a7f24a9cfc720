"""Encoding a whole folder, in the window and on the command line."""

import struct

import numpy as np
import pytest
from command_line import fails
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from stage import drop, dropped, give_model, show, small_model

from zscape.app.cli.main import main
from zscape.app.views.restyle.view import RestyleView
from zscape.models.data.sources import load
from zscape.models.files.checkpoint import save_model
from zscape.models.media.npz import load_arrays, save_arrays
from zscape.models.progress import Progress

DIGITS = load("digits")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    save_model(path, small_model())
    return str(path)


def labelled(folder, names=("3", "7"), count=3):
    """A folder that contains a folder of digits for each class."""
    for name in names:
        (folder / name).mkdir(parents=True)
        members = np.flatnonzero(DIGITS.labels == (int(name) if name.isdigit() else 0))[:count]
        for index, place in enumerate(members):
            Image.fromarray(DIGITS.images[place, ..., 0]).save(folder / name / f"{index}.png")
    return folder


def encode(model, source, out, *more):
    assert main(["encode", str(source), "--model", model, "--out", str(out), *more]) == 0
    return load_arrays(out, "inputs", "names", "labels", "z", "reconstruction")


# On the command line: all data that `train` accepts


def test_a_folder_with_a_folder_a_class(model, tmp_path, capsys):
    folder = labelled(tmp_path / "mine")
    (folder / "beside.png").write_bytes((folder / "3" / "0.png").read_bytes())
    found = encode(model, folder, tmp_path / "a.npz", "--labels", "data")
    assert found["labels"].tolist() == [3, 3, 3, 7, 7, 7]
    assert found["names"].tolist() == ["3/0.png", "3/1.png", "3/2.png", "7/0.png", "7/1.png", "7/2.png"]
    assert np.array_equal(found["inputs"][:3], DIGITS.images[DIGITS.labels == 3][:3])
    assert "1 picture beside" in capsys.readouterr().err
    assert encode(model, folder, tmp_path / "b.npz")["labels"].shape == (6,)  # found by the encoder, not taken from folders


def test_a_data_set_by_name_and_mnists_files(model, tmp_path, monkeypatch):
    some = DIGITS.subset(np.arange(0, 5000, 50))
    save_arrays(tmp_path / "few.npz", images=some.images, labels=some.labels, class_names=np.array(some.class_names))
    monkeypatch.setattr("zscape.models.data.sources.DIGITS", tmp_path / "few.npz")
    found = encode(model, "digits", tmp_path / "a.npz", "--labels", "data")
    assert np.array_equal(found["inputs"], some.images)
    assert np.array_equal(found["labels"], some.labels)
    idx = tmp_path / "idx"
    idx.mkdir()
    for name, array in (("images-idx3", DIGITS.images[:9, ..., 0]), ("labels-idx1", DIGITS.labels[:9].astype(np.uint8))):
        head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
        (idx / f"train-{name}-ubyte").write_bytes(head + array.tobytes())
    found = encode(model, idx, tmp_path / "b.npz", "--labels", "data")
    assert np.array_equal(found["inputs"], DIGITS.images[:9])
    assert np.array_equal(found["labels"], DIGITS.labels[:9])


def test_the_class_names_of_an_npz_are_the_models(model, tmp_path):
    save_arrays(tmp_path / "in.npz", images=DIGITS.images[:4], labels=np.array([1, 0, 1, 0]), class_names=np.array(["9", "2"]))
    assert encode(model, tmp_path / "in.npz", tmp_path / "a.npz", "--labels", "data")["labels"].tolist() == [2, 9, 2, 9]


@pytest.mark.parametrize(
    ("make", "said"), [("plain", "does not say of which class"), ("words", "choose data of the model's classes")]
)
def test_labels_that_are_not_there_are_told_in_a_line(model, tmp_path, capsys, make, said):
    folder = labelled(tmp_path / "mine", names=("cats", "dogs"))
    source = folder if make == "words" else folder / "cats"
    assert said in fails(capsys, 1, "encode", source, "--model", model, "--labels", "data", "--out", tmp_path / "a.npz")
    assert not (tmp_path / "a.npz").exists()


# In the window


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, RestyleView(context))
    give_model(qtbot, context, small_model())
    return view


def saved_as(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_a_folder_dropped_on_restyle_is_encoded_and_saved(qtbot, view, tmp_path, monkeypatch):
    saved_as(monkeypatch, tmp_path / "out")
    folder = labelled(tmp_path / "mine")
    with qtbot.waitSignal(view.session.message, timeout=20_000) as said:
        assert drop(view, dropped(folder))
    assert said.args[1] is False
    assert "6 pictures" in said.args[0]
    found = load_arrays(tmp_path / "out.npz", "labels", "z", "names")
    assert found["labels"].tolist() == [3, 3, 3, 7, 7, 7]
    assert found["z"].shape == (6, 8)


def test_a_folder_without_pictures_is_refused_before_a_name_is_asked_for(qtbot, view, tmp_path, monkeypatch):
    asked, folder = [], tmp_path / "notes"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (asked.append(1), ("", ""))[1])
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "words.txt").write_text("words")
    with qtbot.waitSignal(view.session.message) as said:
        assert drop(view, dropped(folder))
    assert said.args[0].startswith(f"{folder} has no pictures; choose a folder with PNG or JPEG files")
    assert said.args[1]
    assert asked == []
    assert not view.context.jobs.jobs


def test_a_file_dropped_there_goes_on_to_the_window(view, tmp_path):
    (tmp_path / "a.npz").write_bytes(b"")
    assert not drop(view, dropped(tmp_path / "a.npz"))


def test_it_can_be_cancelled_and_then_nothing_is_saved(qtbot, view, tmp_path, monkeypatch):
    saved_as(monkeypatch, tmp_path / "out.npz")

    def endless(*_, **__):
        while True:
            yield Progress(1, 100, "Encoding")

    monkeypatch.setattr("zscape.models.inference.encoding.encode", endless)
    assert drop(view, dropped(labelled(tmp_path / "mine")))
    qtbot.waitUntil(lambda: len(view.context.jobs.jobs) == 1, timeout=20_000)
    (job,) = view.context.jobs.jobs
    qtbot.waitUntil(lambda: job.progress.label == "Encoding", timeout=20_000)
    with qtbot.waitSignal(view.session.message, timeout=20_000) as said:
        job.cancel()
    assert "nothing was saved" in said.args[0]
    assert not list(tmp_path.glob("out*"))


def test_a_model_without_encoder_is_told_before_anything_is_asked(qtbot, context, tmp_path):
    view = show(qtbot, RestyleView(context))
    give_model(qtbot, context, small_model(encoder=False))
    with qtbot.waitSignal(context.session.message) as said:
        assert drop(view, dropped(labelled(tmp_path / "mine")))
    assert said.args[1] is True
    assert "no encoder" in said.args[0]


def test_the_menu_asks_for_a_folder(window, qtbot, tmp_path, monkeypatch):
    saved_as(monkeypatch, tmp_path / "out.npz")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(labelled(tmp_path / "mine")))
    with qtbot.waitSignal(window.session.message, timeout=20_000) as said:
        window.actions_by_name["encode"].trigger()
    assert said.args[1] is False
    assert (tmp_path / "out.npz").exists()


# Unreadable pictures


@pytest.mark.parametrize("classes", [True, False])
def test_unreadable_pictures_are_left_out_and_counted(model, tmp_path, capsys, classes):
    folder = labelled(tmp_path / "mine")
    inner = folder if classes else folder / "3"
    broken = folder / "3" / "1.png"
    broken.write_bytes(broken.read_bytes()[:40])
    (folder / "3" / "empty.jpg").write_bytes(b"")
    Image.new("L", (90, 90), 255).save(folder / "3" / "white.png")  # it shows nothing
    found = encode(model, inner, tmp_path / "a.npz")
    prefix = "3/" if classes else ""
    wanted = [f"{prefix}0.png", f"{prefix}2.png", *(["7/0.png", "7/1.png", "7/2.png"] if classes else [])]
    assert found["names"].tolist() == wanted
    said = capsys.readouterr().err
    assert "3 pictures were left out" in said
    assert "1.png" in said


def test_labels_follow_the_pictures_that_are_left(model, tmp_path):
    folder = labelled(tmp_path / "mine")
    (folder / "3" / "0.png").write_bytes(b"no picture")
    found = encode(model, folder, tmp_path / "a.npz", "--labels", "data")
    assert found["labels"].tolist() == [3, 3, 7, 7, 7]


def test_a_folder_of_which_nothing_can_be_read_is_refused(model, tmp_path, capsys):
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(b"no picture")
    assert main(["encode", str(folder), "--model", model, "--out", str(tmp_path / "a.npz")]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "a.png" in line
    assert not (tmp_path / "a.npz").exists()
