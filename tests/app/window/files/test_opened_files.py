"""Files that are dropped on the window or opened in it, sound and damaged ones."""

import numpy as np
from PySide6.QtGui import QImage
from recipes import weights, with_seed, z
from window_stage import BAD, drop, files

from zscape.app.views.restyle.state import RestyleState


def test_dropped_files_are_told_apart_by_content(window, qtbot, tmp_path, tiny_model):
    session = tmp_path / "looks-like.png"
    window.session.edit_point("seed", with_seed(window.session.point, 9))
    window.opener.save_session(session)
    window.session.edit_point("seed", with_seed(window.session.point, 10))
    drop(window, files(session))
    assert z(window.session.point).seed == 9

    latents = tmp_path / "z.npz"
    np.savez(latents, z=np.ones((3, 12), np.float32) * np.arange(1, 4)[:, None], labels=np.array([1, 2, 3]))
    drop(window, files(latents))
    assert [weights(recipe).index(1.0) for recipe in window.session.scene.shelf] == [1, 2, 3]

    model = tmp_path / "renamed.bin"
    model.write_bytes(tiny_model.read_bytes())
    with qtbot.waitSignal(window.session.model_changed, timeout=10_000):
        drop(window, files(model))
    assert window.session.model_path == model


def test_a_dropped_picture_goes_to_the_restyle_view(window, qtbot, tmp_path):
    image = QImage(28, 28, QImage.Format.Format_Grayscale8)
    image.fill(0)
    for y in range(6, 22):
        for x in (13, 14, 15):
            image.setPixel(x, y, 0xFFFFFF)
    path = tmp_path / "one.png"
    image.save(str(path))
    drop(window, files(path))
    assert window.current_view == "restyle"
    qtbot.waitUntil(lambda: window.session.scene.view(RestyleState).given is not None, timeout=10_000)


def test_a_bad_file_is_told_in_the_window_and_changes_nothing_nor_does_a_model_that_is_cut(window, qtbot, tmp_path, tiny_model):
    path, cut = tmp_path / "bad", tmp_path / "cut.safetensors"
    scene, model = window.session.scene, window.session.model
    for content in BAD:
        path.write_bytes(content)
        drop(window, files(path))
        qtbot.waitUntil(window.message_bar.isVisible, timeout=10_000)
        assert str(path) in window.message_bar.label.text(), content
        assert window.session.scene == scene, content
        assert path.read_bytes() == content
        window.message_bar.close_button.click()
        assert not window.message_bar.isVisible()
    cut.write_bytes(tiny_model.read_bytes()[:-100])
    drop(window, files(cut))
    qtbot.waitUntil(window.message_bar.isVisible, timeout=10_000)
    assert window.session.model is model
