"""Letters from fonts: each font is a group; unusual fonts are left out and counted."""

import os

import numpy as np
import odd_fonts
import pytest
from odd_fonts import LETTERS, folder_of, save

from zscape.models.data.sources import load
from zscape.models.data.synthetic import font_worker
from zscape.models.data.synthetic.font_files import alphabet_of, font_files
from zscape.models.data.synthetic.font_pictures import draw_font
from zscape.models.data.synthetic.font_worker import FontWorker
from zscape.models.data.synthetic.letters import make_letters
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import save_arrays
from zscape.models.progress import finish


def test_every_font_of_a_folder_is_a_group_of_a_data_set(tmp_path) -> None:
    made = finish(make_letters([folder_of(tmp_path / "fonts")]))
    assert made.left_out == ""
    save_arrays(tmp_path / "letters.npz", **made.arrays)
    data = load(str(tmp_path / "letters.npz"))
    assert data.image_shape == (1, 64, 64)
    assert data.class_names == tuple(LETTERS)
    np.testing.assert_array_equal(data.labels, np.tile(np.arange(26), 6))
    np.testing.assert_array_equal(data.groups, np.arange(6).repeat(26))
    assert len(set(data.families)) == 6  # the family names in the font files
    assert made.arrays["font_names"].tolist() == [f"font {n}.ttf" for n in range(6)]
    rest, held = data.split(40, 0)
    assert not set(rest.groups) & set(held.groups)


@pytest.mark.parametrize("size", [32, 64, 100])
def test_the_layout_is_the_same_at_any_size(tmp_path, size) -> None:
    h, i = draw_font(folder_of(tmp_path, 1) / "font 0.ttf", 0, "HI", size).images > 127
    rows = np.flatnonzero(h.any(1))
    assert abs(rows[-1] + 1 - 0.80 * size) <= 1  # the baseline
    assert abs(len(rows) - 0.60 * size) <= 1
    for picture in (h, i):
        columns = np.flatnonzero(picture.any(0))
        assert abs(columns[0] + columns[-1] + 1 - size) <= 1
        assert not picture[0].any()


def test_letters_are_drawn_as_the_letters_they_are(tmp_path) -> None:
    ring, bar, corner = draw_font(folder_of(tmp_path, 1) / "font 0.ttf", 0, "OIL", 64).images / 255
    assert ring[32, 32] == 0
    assert bar[32, 32] == 1
    assert corner[45:50, 20:40].mean() > corner[15:20, 20:40].mean()


ODD = {
    "variable": odd_fonts.variable,
    "without all the letters": lambda: odd_fonts.without("Q"),
    "blank or full letters": odd_fonts.blank,
    "wider than the picture": lambda: odd_fonts.bent(width=4),
    "symbols": lambda: odd_fonts.renamed(dict(zip(LETTERS, LETTERS[7:] + LETTERS[:7], strict=True))),
    "the same glyph for most letters": lambda: odd_fonts.renamed(dict.fromkeys(LETTERS, "X")),
}


def test_odd_fonts_of_every_kind_are_left_out_and_counted(tmp_path) -> None:
    folder_of(tmp_path)
    for kind, make in ODD.items():
        save(make(), tmp_path / f"{kind}.ttf")
    made = finish(make_letters([tmp_path]))
    assert made.arrays["font_names"].tolist() == [f"font {number}.ttf" for number in range(6)]
    assert made.odd == dict.fromkeys(ODD, 1)
    kinds = ", ".join(f"1 {kind}" for kind in sorted(ODD))
    assert made.left_out == f"6 fonts were left out: {kinds}."


def test_fonts_that_loop_or_lie_are_left_out(tmp_path) -> None:
    folder_of(tmp_path)
    for make in (odd_fonts.looping, odd_fonts.lying):
        save(make(), tmp_path / f"{make.__name__}.ttf")
    made = finish(make_letters([tmp_path]))
    assert made.arrays["font_names"].tolist() == [f"font {number}.ttf" for number in range(6)]
    assert sum(made.odd.values()) == 2


def test_damaged_files_and_copies_are_left_out(tmp_path) -> None:
    folder_of(tmp_path)
    data = (tmp_path / "font 0.ttf").read_bytes()
    (tmp_path / "copy.ttf").write_bytes(data)
    (tmp_path / "cut.ttf").write_bytes(data[: len(data) // 2])
    (tmp_path / "noise.otf").write_bytes(b"OTTO" + np.random.default_rng(0).bytes(4000))
    (tmp_path / "empty.ttf").touch()
    (tmp_path / "readme.txt").write_text("no font")
    made = finish(make_letters([tmp_path]))
    assert len(made.arrays["font_names"]) == 6
    assert made.odd == {"damaged": 3, "equal to another": 1}


def test_a_font_without_an_end_is_ended_and_the_next_one_is_drawn(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(font_worker, "SECONDS", 0.3)
    pipe = tmp_path / "endless.ttf"
    os.mkfifo(pipe)  # reading it would block forever
    with FontWorker("AB", 32) as worker:
        assert finish(worker.draw(pipe)) == ["without an end"]
        monkeypatch.setattr(font_worker, "SECONDS", 60)
        [drawn] = finish(worker.draw(folder_of(tmp_path / "f", 1) / "font 0.ttf"))
        assert drawn.images.shape == (2, 32, 32)


class EndsTheProcess:
    def __reduce__(self):
        return os._exit, (1,)


def test_a_font_that_ends_its_process_ends_nothing_else(tmp_path) -> None:
    with FontWorker("AB", 32) as worker:
        assert finish(worker.draw(EndsTheProcess())) == ["damaged"]
        [drawn] = finish(worker.draw(folder_of(tmp_path, 1) / "font 0.ttf"))
        assert drawn.images.shape == (2, 32, 32)


def test_a_process_that_does_not_start_is_not_taken_for_damaged_fonts(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(font_worker, "STARTING", -1.0)
    with pytest.raises(ZscapeError, match="process that draws fonts did not start"):
        finish(make_letters([folder_of(tmp_path / "fonts", 1)]))
    monkeypatch.undo()
    assert finish(make_letters([folder_of(tmp_path / "fonts", 1)])).left_out == ""


def test_fonts_are_told_by_content_and_found_in_sub_folders(tmp_path) -> None:
    folder_of(tmp_path / "a", 1)
    (tmp_path / "a" / "font 0.ttf").rename(tmp_path / "a" / "no suffix")
    folder_of(tmp_path / "b" / "c", 1)
    (tmp_path / "text.txt").write_text("no font")
    assert [path.name for path in font_files([tmp_path])] == ["no suffix", "font 0.ttf"]
    made = finish(make_letters([tmp_path], "AB", 32))
    assert made.odd == {"equal to another": 1}


def test_fonts_of_one_folder_are_a_family(tmp_path) -> None:
    for number, folder in enumerate("aab"):
        save(odd_fonts.bent(0.1 * number), tmp_path / folder / f"{number}.ttf")
    assert finish(make_letters([tmp_path], "AB", 32)).arrays["families"].tolist() == ["a", "a", "b"]
    one = finish(make_letters([tmp_path / "b"], "AB", 32)).arrays
    assert "families" not in one


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("A-Z", LETTERS),
        ("0-9", "0123456789"),
        ("a-cA-C0-2", "abcABC012"),
        ("BANANA", "BAN"),
        ("A-z", "A-z"),
        ("-A", "-A"),
        ("äöü", "äöü"),
    ],
)
def test_alphabets(text, letters) -> None:
    assert "".join(alphabet_of(text)) == letters


@pytest.mark.parametrize("text", ["", "A B", "A\n", "".join(map(chr, range(0x4E00, 0x4E00 + 1001)))])
def test_alphabets_that_cannot_be_drawn_are_refused(text) -> None:
    with pytest.raises(ZscapeError, match="alphabet"):
        alphabet_of(text)


def test_bad_places_are_one_clear_line(tmp_path) -> None:
    with pytest.raises(ZscapeError, match="is not there"):
        finish(make_letters([tmp_path / "gone"]))
    with pytest.raises(ZscapeError, match="no font is there"):
        finish(make_letters([tmp_path]))
    with pytest.raises(ZscapeError, match="16 to 256"):
        finish(make_letters([folder_of(tmp_path, 1)], size=5))
    with pytest.raises(ZscapeError, match=r"No font is usable\. 1 font was left out: 1 without all the letters\."):
        finish(make_letters([tmp_path], "AЖ"))


def test_stopping_early_leaves_no_process(tmp_path) -> None:
    work = make_letters([folder_of(tmp_path)])
    for progress in work:
        if progress.done:
            break
    work.close()
    from multiprocessing import active_children

    assert not active_children()
