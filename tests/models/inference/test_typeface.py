"""Typefaces, fonts and lines of type made from pictures of letters."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from letters_model import FONTS, SIDE, model_of, pictures
from odd_fonts import LETTERS
from PIL import Image, ImageDraw, ImageFont, ImageSequence

import zscape
from zscape.models.errors import ZscapeError
from zscape.models.inference.alphabet import recipe_like, typeface_at, write_word
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.recipe import Recipe
from zscape.models.lettering.line import picture_of, set_line, stacked, svg_of
from zscape.models.lettering.opentype import font_bytes
from zscape.models.lettering.spacing import flat
from zscape.models.lettering.typeface import typeface_of
from zscape.models.progress import finish


@pytest.fixture(scope="module")
def faces():
    return [typeface_of(each[..., None], LETTERS) for each in pictures()]


def opened(face, size=100):
    return ImageFont.truetype(io.BytesIO(font_bytes(face, "Test")), size, layout_engine=ImageFont.Layout.BASIC)


def ink_box(font, text):
    page = Image.new("L", (1500, 400))
    ImageDraw.Draw(page).text((200, 250), text, 255, font, anchor="ls")
    return page.getbbox()


@pytest.mark.parametrize("number", range(len(FONTS)))
def test_a_font_opens_in_freetype_and_draws_the_letters_of_the_pictures(faces, number) -> None:
    # H is 0.60 of the picture's height, and 700 of 1,000 units tall.
    font = opened(faces[number], 0.6 * SIDE * 4 / 0.7)
    for letter, picture in zip(LETTERS, pictures()[number], strict=True):
        page = Image.new("L", (600, 400))
        ImageDraw.Draw(page).text((200, 205), letter, 255, font, anchor="ls")
        left, _, right, _ = page.getbbox()
        start = left - (256 - (right - left)) // 2
        drawn = np.asarray(page.crop((start, 0, start + 256, 256)), float).reshape(SIDE, 4, SIDE, 4).mean((1, 3))
        assert np.square((drawn - picture) / 255).mean() < 0.012, letter


def test_letters_stand_on_the_line_and_are_as_tall_as_capitals(faces) -> None:
    for face in faces:
        for letter in "HEFTLIZ":
            ends = np.concatenate([piece.points for outline in face.glyphs[letter].outlines for piece in outline])[:, 1]
            assert (ends.min(), ends.max()) == (0, 700), letter


def test_room_at_the_sides_is_as_in_type(faces) -> None:
    for face in faces:
        sides = {}
        for letter in LETTERS:
            outlines = face.glyphs[letter].outlines
            points = np.concatenate([flat(outline, 50) for outline in outlines])
            x = points[:, 0] - face.slant * (points[:, 1] - 350)
            sides[letter] = x.min(), face.glyphs[letter].advance - x.max()
        assert abs(sides["H"][0] - sides["H"][1]) < 5
        assert 50 < sides["H"][0] < 110
        assert sides["O"][0] < sides["H"][0]
        assert sides["A"][0] < sides["O"][0]
        assert sides["L"][1] < sides["L"][0]
        assert face.glyphs["I"].advance < face.glyphs["H"].advance < face.glyphs["W"].advance


def test_pairs_with_much_white_between_them_are_moved_together(faces) -> None:
    for face in faces:
        assert face.kerning["A", "V"] < -10
        assert ("H", "H") not in face.kerning
        assert ("O", "O") not in face.kerning


def test_slanted_letters_are_found_to_be_so(faces) -> None:
    assert [round(face.slant, 1) for face in faces] == [slant for slant, _ in FONTS]


def test_both_cases_show_the_letter_and_what_is_missing_is_a_box(faces) -> None:
    font = opened(faces[0])
    assert ink_box(font, "hello") == ink_box(font, "HELLO")
    assert font.getlength(" ") > 0
    assert ink_box(font, " ") is None
    assert ink_box(font, "5") is not None
    assert font.getlength("I") < font.getlength("W")


def test_the_same_pictures_give_the_same_bytes(faces) -> None:
    again = typeface_of(pictures()[0][..., None], LETTERS)
    assert font_bytes(again, "Test") == font_bytes(faces[0], "Test")


def test_what_a_font_says_of_itself(faces) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(font_bytes(faces[1], "my/own <font> é")))
    assert font["name"].getDebugName(1) == "my own font"
    assert font["head"].unitsPerEm == 1000
    assert font["OS/2"].sCapHeight == 700
    assert -14 < font["post"].italicAngle < -9
    assert "GPOS" in font


def test_the_metrics_of_a_font_cover_its_ink(faces) -> None:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    digits = typeface_of(zscape.open("mnist").sample(10, seed=2), "0123456789")  # one of which reaches below the line
    for face in (*faces, digits):
        font = TTFont(io.BytesIO(font_bytes(face, "Test")))
        glyphs, os2 = font.getGlyphSet(), font["OS/2"]
        for name in glyphs.keys() - {"space"}:
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            left, bottom, _, top = pen.bounds
            assert font["hmtx"][name][1] == pytest.approx(left, abs=1)
            assert -os2.usWinDescent <= bottom
            assert top <= os2.usWinAscent
            assert (font["hhea"].ascent, font["hhea"].descent) == (os2.usWinAscent, -os2.usWinDescent)


def test_a_line_is_drawn_as_tall_as_asked_for_and_as_wide_as_its_letters(faces) -> None:
    line = set_line(faces[0], "HI")
    picture = picture_of(line, 120)
    assert picture.shape[::2] == (120, 1)
    assert picture.min() == 0
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assert (border == 255).all()
    longer = set_line(faces[0], "HI HI")
    assert longer.width > 2 * line.width
    columns = np.flatnonzero(picture[..., 0].min(0) < 128)
    assert (np.diff(columns) > 1).sum() == 1  # between H and I; the bar connects the stems of H


def test_small_letters_and_spaces_are_set(faces) -> None:
    np.testing.assert_array_equal(picture_of(set_line(faces[0], "type it"), 64), picture_of(set_line(faces[0], "TYPE IT"), 64))


@pytest.mark.parametrize(
    ("text", "said"), [("", "1 to 500"), ("   ", "1 to 500"), ("A" * 501, "1 to 500"), ("A5", "'5' is not among")]
)
def test_text_that_cannot_be_set_is_one_clear_line(faces, text, said) -> None:
    with pytest.raises(ZscapeError, match=said):
        set_line(faces[0], text)


@pytest.mark.parametrize("height", [0, 7, 4001])
def test_heights_that_cannot_be_drawn_are_refused(faces, height) -> None:
    with pytest.raises(ZscapeError, match="8 to 4,000"):
        picture_of(set_line(faces[0], "A"), height)


def test_svg_has_a_path_for_each_letter_and_no_more(faces) -> None:
    text = svg_of(set_line(faces[0], "A <B> O".replace("<", "L").replace(">", "T")))
    root = ElementTree.fromstring(text)
    paths = [each for each in root if each.tag.endswith("path")]
    assert len(paths) == 5
    assert all(set(path.get("d")) <= set("MLCZ 0123456789.-") for path in paths)
    assert paths[-1].get("d").count("M") == 2  # the outer and the inner contour of an O
    _, _, width, height = map(float, root.get("viewBox").split())
    numbers = [
        float(each) for path in paths for each in path.get("d").replace("Z", " ").translate(str.maketrans("MLC", "   ")).split()
    ]
    assert min(numbers) >= 0
    assert max(numbers) <= max(width, height)


def test_lines_are_stacked(faces) -> None:
    both = stacked([set_line(faces[0], "AB"), set_line(faces[0], "C")])
    assert len(both.glyphs) == 3
    assert both.descent < set_line(faces[0], "C").descent - 1000


@pytest.mark.parametrize("letters", ["abcdefghijklmnopqrstuvwxyz", "0123456789", "ABCabc"])
def test_other_alphabets_stand_on_one_line_too(letters) -> None:
    face = typeface_of(pictures(letters)[0][..., None], letters)
    for letter in set(letters) & set("acehimnorsuvwxz014ABC"):
        ends = np.concatenate([piece.points for outline in face.glyphs[letter].outlines for piece in outline])[:, 1]
        assert abs(ends.min()) < 25, letter
    if "g" in letters:
        assert face.descent < -120
        assert 480 < max(piece.points[:, 1].max() for piece in face.glyphs["x"].outlines[0]) < 520


def test_pictures_in_colour_and_dark_on_light_are_read_too(faces) -> None:
    dark = np.repeat(255 - pictures()[0][..., None], 3, axis=3)
    face = typeface_of(dark, LETTERS)
    assert abs(face.glyphs["H"].advance - faces[0].glyphs["H"].advance) <= 2


def test_what_is_no_alphabet_is_refused() -> None:
    black = np.zeros((2, 32, 32, 1), np.uint8)
    with pytest.raises(ZscapeError, match="hold no letters"):
        typeface_of(black, "AB")
    for names in (("coat", "bag"), ("A",), ("A", "A"), ()):
        with pytest.raises(ZscapeError, match="single letters"):
            typeface_of(np.zeros((len(names), 32, 32, 1), np.uint8), names)


def test_a_letter_with_nothing_in_its_picture_is_a_gap() -> None:
    images = pictures()[0].copy()
    images[4] = 0
    face = typeface_of(images[..., None], LETTERS)
    assert face.glyphs["E"].outlines == ()
    assert face.glyphs["E"].advance > 0
    assert picture_of(set_line(face, "HEH"), 50).min() == 0


def test_a_model_draws_a_typeface_at_a_seed_and_like_a_letter(faces) -> None:
    model = model_of()
    runner = GeneratorRunner(model, "cpu")
    one, other = (typeface_at(runner, Recipe.seed(seed)) for seed in (0, 5))
    assert font_bytes(one, "x") == font_bytes(typeface_at(runner, Recipe.seed(0)), "x")
    assert font_bytes(one, "x") != font_bytes(other, "x")
    for number, face in enumerate(faces):
        for letter in "GR":
            picture = pictures()[number][LETTERS.index(letter), ..., None]
            like = typeface_at(runner, finish(recipe_like(model, picture, letter, device="cpu")))
            assert abs(like.glyphs["W"].advance - face.glyphs["W"].advance) <= 3
            assert like.slant == face.slant


def test_only_the_letters_of_a_text_are_traced_where_no_more_are_needed(faces) -> None:
    few = typeface_of(pictures()[0][..., None], LETTERS, "type it")
    assert set(few.glyphs) == set("TYPEI ")
    with pytest.raises(ZscapeError, match="'5' is not among the letters of this typeface: ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        typeface_of(pictures()[0][..., None], LETTERS, "TYPE 5")
    np.testing.assert_array_equal(picture_of(set_line(few, "Type it"), 60), picture_of(set_line(faces[0], "Type it"), 60))


def test_a_word_moves_from_style_to_style_and_back(tmp_path) -> None:
    runner = GeneratorRunner(model_of(), "cpu")
    stops = [Recipe.seed(seed) for seed in (0, 5)]
    finish(write_word(tmp_path / "word.apng", runner, stops, "AVE", 60, 1.0, 6))
    with Image.open(tmp_path / "word.apng") as moving:
        frames = [np.asarray(frame.convert("L")) for frame in ImageSequence.Iterator(moving)]
    assert len(frames) == 6
    assert {frame.shape for frame in frames} == {frames[0].shape}
    assert frames[0].shape[0] == 60
    apart = [np.abs(frame.astype(float) - frames[0]).mean() for frame in frames]
    assert apart[3] == max(apart) > 2  # the other style, halfway
    assert max(apart[1], apart[5]) < apart[3]
    with pytest.raises(ZscapeError, match="at least two points"):
        finish(write_word(tmp_path / "one.apng", runner, stops[:1], "AVE", 60, 1.0, 6))
