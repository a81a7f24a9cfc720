"""The choice of models: the list in the header, with a picture of each, and the page of bundled models."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject

from zscape.app.window.centre import Centre
from zscape.app.window.files.opening import Opener
from zscape.app.window.header import Header
from zscape.app.window.models.bundled_models import BundledModels
from zscape.app.window.models.model_list import model_list
from zscape.app.work.model_pictures import ModelPictures

if TYPE_CHECKING:
    from pathlib import Path

    from zscape.app.work.context import Context


class ModelChoice(QObject):
    """Follows the open model of `context`. pictures: of the models. bundled: the page of the bundled models.

    by_itself: whether the picture of the open model is drawn before the user opens the list.
    """

    by_itself: ClassVar[bool] = True

    def __init__(self, context: Context, header: Header, centre: Centre, opener: Opener, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._header, self._opener = context, header, opener
        self.pictures = ModelPictures(context.jobs, self)
        self.bundled = BundledModels(centre, context.settings, self.pictures, self._open)
        opener.models.chosen.connect(self.bundled.close)  # from the list, by a drop, with a session: the page is no longer needed
        self.pictures.ready.connect(lambda path: header.show_icon(path, self.pictures.icon(path)))
        header.list_opened.connect(self.pictures.draw)
        # Other models are loaded once the first has drawn, or has failed to.
        centre.painted.connect(lambda _: self.pictures.begin())
        context.renderer.failed.connect(lambda _: self.pictures.begin())

    def list(self) -> None:
        """Update the list."""
        opened, model = self._context.renderer.opened, self._context.session.model
        path = opened.path if opened is not None else None
        self._header.show_models(model_list(path, model.spec if model else None), path if model else self._opener.models.asked)
        for each in self._header.listed():
            self._header.show_icon(each, self.pictures.icon(each))
        if path is not None and model is not None and self.by_itself:
            self.pictures.draw([path])  # it is visible in the closed list; the others are drawn when it is opened

    def _open(self, path: Path) -> None:
        self._opener.attempt(lambda: self._opener.open_model(path))
