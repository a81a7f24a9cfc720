"""The bundled models as pictures: at the first start, from the menu, and in the list of models."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest

from zscape.app.state.settings import Settings
from zscape.app.widgets.numbers.seed_box import SeedBox
from zscape.app.window.header import ModelBox
from zscape.app.window.models import bundled_models
from zscape.app.window.models.model_choice import ModelChoice
from zscape.app.work import model_pictures
from zscape.models.files import directions, library
from zscape.models.files.header import read_spec
from zscape.models.inference import portrait
from zscape.resources import sections

LEFT = Qt.MouseButton.LeftButton


def has_picture(models, index):
    """Whether an entry of the list of models has a picture, not only space for one."""
    icon = models.itemIcon(index)
    return not icon.isNull() and icon.pixmap(models.iconSize()).toImage().pixelColor(4, 4).alpha() > 0


@pytest.fixture
def bundled(tmp_path, tiny_model, monkeypatch):
    """A folder with two bundled models."""
    folder = tmp_path / "bundled"
    folder.mkdir()
    for name in ("first", "second"):
        shutil.copy(tiny_model, folder / f"{name}.safetensors")
    for each in (library, directions):  # directions has its own copy of the name, also if it is first imported here
        monkeypatch.setattr(each, "BUNDLED", folder)
    return folder


@pytest.fixture
def start(start, bundled):
    """start(model): opens a window as if only these two models were installed."""
    return lambda model="": start(model, size=(1024, 700))


def pictured(qtbot, window):
    """The cards, once each has its picture."""
    cards = window.choice.bundled.page.cards
    qtbot.waitUntil(lambda: all(card.has_picture for card in cards.values()), timeout=20_000)
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=20_000)
    return [*cards.values()]


def test_a_first_start_shows_the_models_and_a_click_opens_one_for_this_start_and_the_next(qtbot, start, bundled):
    window = start()
    assert window.choice.bundled.is_open
    cards = pictured(qtbot, window)
    assert [card.accessibleDescription() != "" for card in cards] == [True, True]
    assert cards[0].hasFocus()
    assert window.session.model_path == bundled / "first.safetensors"  # it was drawn behind the page
    qtbot.mouseClick(cards[1], LEFT)
    assert not window.choice.bundled.is_open
    qtbot.waitUntil(lambda: window.session.model_path == bundled / "second.safetensors", timeout=20_000)
    assert window.stack.isEnabled()
    window.close()
    again = start()
    assert not again.choice.bundled.is_open
    assert again.session.model_path == bundled / "second.safetensors"


def test_it_is_not_shown_again_after_it_was_left_and_its_pictures_are_kept(qtbot, start, monkeypatch):
    window = start()
    pictured(qtbot, window)
    kept = [*(library.cache() / "pictures").glob("*.png")]
    assert len(kept) == 1  # both files contain the same model
    assert QImage(str(kept[0])).width() == model_pictures.TILES * 28
    QTest.keyClick(window.choice.bundled.page.cards[next(iter(window.choice.bundled.page.cards))], Qt.Key.Key_Escape)
    assert not window.choice.bundled.is_open
    window.close()
    monkeypatch.setattr(portrait, "portrait", lambda *_: pytest.fail("it is drawn again"))
    again = start()
    assert not again.choice.bundled.is_open
    assert has_picture(again.header.models, 0)


def test_the_page_is_not_shown_if_a_model_was_requested(qtbot, start, bundled, home):
    assert not start(model=str(bundled / "first.safetensors")).choice.bundled.is_open
    (bundled / "second.safetensors").unlink()
    shutil.rmtree(home)
    assert not start().choice.bundled.is_open


def test_settings_of_an_earlier_version_hold(start, home):
    settings = Settings(home)
    settings.keep("worlds_shown", True)
    settings.keep("keys worlds", "Ctrl+Shift+M")
    settings.sync()
    window = start()
    assert not window.choice.bundled.is_open
    assert window.actions_by_name["choose_model"].shortcut() == QKeySequence("Ctrl+Shift+M")
    window.actions_by_name.set_keys({"choose_model": QKeySequence()})
    assert not Settings(home).text("keys choose_model")


def test_the_list_and_the_page_show_a_picture_of_each_and_keys_choose(qtbot, start, bundled):
    window = start(model=str(bundled / "first.safetensors"))
    models = window.header.models
    assert not has_picture(models, 0)
    qtbot.mouseClick(models, LEFT)
    room = {models.itemIcon(index).actualSize(models.iconSize()).width() for index in range(models.count())}
    assert room == {20}  # so that all names are aligned, even those without a picture yet
    qtbot.waitUntil(lambda: has_picture(models, 0) and has_picture(models, 1), timeout=20_000)
    models.hidePopup()
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=20_000)
    window.actions_by_name["choose_model"].trigger()
    cards = pictured(qtbot, window)
    assert cards[0].hasFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Right)
    assert cards[1].hasFocus()
    QTest.keyClick(cards[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.model_path == bundled / "second.safetensors", timeout=20_000)
    assert not window.choice.bundled.is_open


def test_the_page_covers_the_view_and_stays_where_a_chosen_model_cannot_be_opened(qtbot, start, tmp_path):
    window = start()
    cards = pictured(qtbot, window)
    for size in ((1024, 700), (1280, 720), (860, 480)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.choice.bundled.page.geometry() == window.stack.geometry())
        assert not cards[0].geometry().intersects(cards[1].geometry())
        holder = cards[0].parentWidget()
        assert all(holder.rect().contains(card.geometry()) for card in cards)
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"no model")
    with qtbot.waitSignal(window.renderer.failed, timeout=20_000):
        window.header.model_chosen.emit(broken)
    assert window.choice.bundled.is_open
    assert window.message_bar.isVisible()


def test_the_page_closes_once_there_is_something_else_to_see(qtbot, start, bundled, tmp_path):
    """A view, a model from the list (even the open one), a session, a point."""
    window = start()
    pictured(qtbot, window)
    seed = window.panels["latent"].findChild(SeedBox)
    session = tmp_path / "kept.zscape.json"
    window.opener.save_session(session)

    def typed():
        seed.setFocus()
        seed.selectAll()
        QTest.keyClicks(seed, "77")
        QTest.keyClick(seed, Qt.Key.Key_Return)

    for act in (
        lambda: window.show_view("image"),
        lambda: window.header.model_chosen.emit(bundled / "second.safetensors"),
        lambda: window.header.model_chosen.emit(bundled / "second.safetensors"),
        lambda: window.opener.open_file(session),
        typed,
    ):
        window.actions_by_name["choose_model"].trigger()
        assert window.choice.bundled.is_open
        act()
        qtbot.waitUntil(lambda: not window.choice.bundled.is_open, timeout=20_000)
        assert window.stack.isEnabled()
    assert seed.hasFocus()
    assert seed.value() == 77


def test_a_damaged_picture_and_a_folder_that_cannot_be_written_do_no_harm(qtbot, start, home):
    key = read_spec(library.BUNDLED / "first.safetensors").sha256[:40]
    folder = library.cache() / "pictures"
    folder.mkdir(parents=True)
    (folder / f"{key}.png").write_bytes(b"no picture")
    window = start()
    assert len(pictured(qtbot, window)) == 2
    assert not QImage(str(folder / f"{key}.png")).isNull()
    window.close()
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    again = start()
    again.actions_by_name["choose_model"].trigger()
    assert len(pictured(qtbot, again)) == 2


def test_every_bundled_model_has_a_sentence():
    names = {entry.spec.name for entry in library.listing()}
    assert names <= set(sections("bundled_models"))
    assert all(20 < len(words) < 90 for words in sections("bundled_models").values())


def test_a_model_that_nobody_wrote_a_sentence_for_is_described(tiny_model):
    words = bundled_models.sentence(read_spec(tiny_model))
    assert "10 classes" in words
    assert "28 × 28, grey" in words


def test_the_open_model_has_its_picture_in_the_closed_list(qtbot, start, bundled, monkeypatch, tmp_path):
    """The user's own model is not in the cache yet."""
    monkeypatch.setattr(ModelChoice, "by_itself", True)
    own = shutil.copy(bundled / "first.safetensors", tmp_path / "own.safetensors")
    window = start(model=str(own))
    box = window.header.models
    qtbot.waitUntil(lambda: has_picture(box, box.currentIndex()), timeout=20_000)
    assert box.currentData() == own
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=20_000)


def test_where_a_model_has_too_little_room_its_name_is_seen_alone(qtbot):
    box = ModelBox()
    box.addItems(["faces   projection", "faces", "fa\u2026"])
    qtbot.addWidget(box)
    wide = box.sizeHint().width()
    for less, shown in ((16, "faces"), (box.fontMetrics().horizontalAdvance("   projection" + "ces"), "fa\u2026")):
        box.setFixedWidth(wide - less)
        box.setCurrentIndex(0)
        long = box.grab().toImage()
        box.setCurrentText(shown)
        assert box.grab().toImage() == long
