"""What a view needs to be tested alone: session, renderer, jobs, a small and fast model, and simulated input."""

import threading
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from importlib import import_module

import msgspec
import numpy as np
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QInputDialog
from recipes import inputs

from zscape.app.state.session import Session
from zscape.app.state.settings import Settings
from zscape.app.work.context import Context
from zscape.app.work.jobs import JobQueue
from zscape.app.work.rendering.renderer import Renderer
from zscape.models.families import FAMILIES
from zscape.models.files.checkpoint import Model, save_model
from zscape.models.files.spec import Spec
from zscape.models.media.npz import save_arrays

NAMES = tuple("0123456789")


@cache
def small_model(encoder=True, seed=0):
    family = FAMILIES["dcgan"]
    config = family.config(z_size=8, hidden=16, generator_maps=(4, 4), discriminator_maps=(4, 4))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        parts = family.generator(config), family.encoder(config), family.discriminator(config)
    networks = [part.eval().requires_grad_(False) for part in parts]
    spec = Spec("tiny", "dcgan", msgspec.to_builtins(config), inputs(8), (1, 28, 28), data="digits")
    return Model(spec, networks[0], networks[1] if encoder else None, networks[2])


def write_model(path, encoder=True):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_model(path, small_model(encoder))
    return path


def write_styled(path, labels, z_size=6, noise=False):
    """Write a small untrained 32x32 StyleGAN2 with the classes `labels` to a file; returns its path."""
    family = FAMILIES["stylegan2"]
    sizes = {"maps": (8, 6, 4, 4), "features": (4, 4, 6, 6), "w_size": 8, "mapping": 2, "hidden": 8}
    config = family.config(32, 3, z_size=z_size, classes=len(labels), noise=noise, **sizes)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        generator = family.generator(config).eval()
    inputs = family.inputs(config, tuple(labels))
    save_model(path, Model(Spec("styled", "stylegan2", asdict(config), inputs, config.image_shape, data="noise"), generator))
    return path


@contextmanager
def open_context(folder):
    """A context without a model; its threads end with the block."""
    context = Context(Session(), Renderer(), JobQueue(), Settings(folder))
    context.renderer.model_ready.connect(lambda opened: context.session.adopt(opened.model, opened.path, opened.device))
    context.renderer.begin()
    try:
        yield context
    finally:
        context.jobs.shut_down()
        context.renderer.stop()
        QApplication.processEvents()


def pixels_of(image):
    """An image as ints [H, W, 3]."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].astype(int)


def give_model(qtbot, context, model):
    """Open `model` and wait until it is ready to draw."""
    with qtbot.waitSignal(context.session.model_changed):
        context.renderer.adopt(model)


def open_file(qtbot, context, path):
    """Open the model at `path` with its directions, as the window does, and wait until it is ready to draw."""
    with qtbot.waitSignal(context.session.model_changed):
        context.renderer.open(path)


def show(qtbot, view, width=800, height=600):
    qtbot.addWidget(view)
    view.resize(width, height)
    with qtbot.waitExposed(view):
        view.show()
    return view


def dropped(*paths):
    """The mime data of files and folders dropped by a file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget, data: QMimeData):
    """Drag `data` over the middle of `widget` and drop it if accepted; returns whether it was."""
    centre = widget.rect().center()
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(centre, actions, data, button, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(centre), actions, data, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)
    return enter.isAccepted()


def stroke(qtbot, pad, points, button=Qt.MouseButton.LeftButton):
    """Draw a stroke through `points`, given as fractions of the pad's size."""
    drag_through(qtbot, pad, [QPointF(x * pad.width(), y * pad.height()).toPoint() for x, y in points], button)


def drag_through(qtbot, widget, places, button=Qt.MouseButton.LeftButton):
    """Press at the first of `places` (pixels of `widget`), move over the others and release at the last."""
    qtbot.mousePress(widget, button, pos=places[0])
    for place in places[1:]:
        move(widget, place, button)
    qtbot.mouseRelease(widget, button, pos=places[-1])


def drag(qtbot, widget, start, end, let_go=True):
    """Press at `start`, a position in `widget`, move to `end` via a point between, and release there."""
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.5, 1.0):
        qtbot.mouseMove(widget, (QPointF(start) + share * (QPointF(end) - QPointF(start))).toPoint())
    if let_go:
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def move(widget, place, button):
    """A mouse move with `button` held, which QTest's mouseMove cannot send."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def write_noise(path):
    """Write 40 noise pictures in ten classes to an npz; returns its path as a string."""
    images = np.random.default_rng(0).integers(0, 256, (40, 28, 28), np.uint8)
    save_arrays(path, images=images, labels=np.arange(40) % 10, class_names=np.array(NAMES))
    return str(path)


def held_back(monkeypatch, name):
    """Make the generator function called `name` wait in its job; returns the event that lets it continue."""
    gate = threading.Event()
    path, _, function = name.rpartition(".")
    module = import_module(path)
    real = getattr(module, function)

    def waits(*args, **kwargs):
        assert gate.wait(20)
        return (yield from real(*args, **kwargs))

    monkeypatch.setattr(module, function, waits)
    return gate


def answer(monkeypatch, given):
    """Answer every dialog with `given`, a text or a whole number; None cancels it."""

    def take(dialog):
        if isinstance(given, int):
            dialog.setIntValue(given)
        elif given is not None:
            dialog.setTextValue(given)
        code = dialog.DialogCode
        return code.Rejected if given is None else code.Accepted

    monkeypatch.setattr(QInputDialog, "exec", take)


def contrast(one, other):
    """The contrast ratio of two colours, as defined by WCAG 2."""

    def light(colour):
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
