"""The restyle view: encodes the user's picture, and shows every class in its style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.restyle.colouring import Colouring
from zscape.app.views.restyle.cropping import Cropping
from zscape.app.views.restyle.encode_folder import encode_folder
from zscape.app.views.restyle.encoding_job import EncodingJob
from zscape.app.views.restyle.film import films_of
from zscape.app.views.restyle.incoming import Incoming
from zscape.app.views.restyle.live_encoding import LiveEncoding
from zscape.app.views.restyle.pictures import Found, Given, drawn, how_far, refused
from zscape.app.views.restyle.reconstruction import LEAST, Reconstruction
from zscape.app.views.restyle.side import RestyleSide
from zscape.app.views.restyle.source_pictures import Papers, ink_of, marked, seen
from zscape.app.views.restyle.state import Restyle, RestyleState
from zscape.app.views.restyle.strip import RestyleStrip
from zscape.app.widgets.drawing.colour_bar import ColourBar
from zscape.app.widgets.drawing.draw_pad import DrawPad
from zscape.app.widgets.greyed import NO_MODEL, NO_PICTURE, grey
from zscape.app.widgets.layouts.lines_that_fit import columns_that_fit
from zscape.app.widgets.layouts.tall_scroll import TallScroll
from zscape.app.widgets.path_drop import PathDrop
from zscape.app.widgets.pictures.captioned import captioned_row
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.context import Context
from zscape.app.work.exporting.export import OwnFilm
from zscape.app.work.tile_actions import TILE_ACTIONS, TileAction
from zscape.app.work.tiles import connect_sheet, tile_of, tool_for
from zscape.app.work.use_button import UseButton
from zscape.models.errors import ZscapeError
from zscape.models.sweeps.base import Sweep, caption
from zscape.models.sweeps.single import ClassRow

SIDE = 140
"""The minimum height of the column beside the pictures, below which it scrolls."""
CAPTION = 20
GAP = 16
WORDS = "Every class in the style of your picture appears here."
HINT = "Draw here.\n\nOr drop, paste or open a picture."


class RestyleView(View):
    """The picture, its reconstruction, and the row of all classes in its style.

    The scene holds the picture as prepared for the encoder and its point; `finder` keeps the point up to date.
    """

    name = "restyle"
    takes_pictures = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.finder = EncodingJob(self.session, context.jobs, self)
        self.live = LiveEncoding(self.session, context.jobs, self.finder, self)
        self._papers = Papers()
        self._on_pad: tuple[object, ...] = ()

        self.pad = DrawPad()
        self.pad.setToolTip("Draw; the right button erases. Arrow keys move the pen, with Shift they draw")
        self.reconstruction = Reconstruction(context)
        self.reconstruction.drawn.connect(self._show_side)
        self.incoming = Incoming(context, self.pad, self)
        self.side = RestyleSide()
        self.colours = ColourBar()
        self.colouring = Colouring(context, self.pad, self.colours, self)
        self.strip = RestyleStrip()
        self._fill_strip()
        self.sheet = Sheet(WORDS)
        self.sheet.setAccessibleName("All classes in this style")
        self.sheet.resized.connect(self.suit_room)
        self.sheet.setMinimumHeight(72)  # two lines of unscaled digits
        self.cropping = Cropping(context, self.finder, self.live, self.strip.crop, self)
        self.cropping.failed.connect(self._say_error)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.sheet)
        self.middle.addWidget(self.cropping.pad)
        self.cropping.shown.connect(lambda on: self.middle.setCurrentWidget(self.cropping.pad if on else self.sheet))

        self.beside = TallScroll(self.side)  # in a low window the classes and the strip below stay visible
        self.beside.setFixedWidth(self.side.width() + GAP // 2 + self.beside.verticalScrollBar().sizeHint().width())
        top = captioned_row({"Your picture": self.pad, "Reconstruction": self.reconstruction}, self.beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.colours)
        column.addWidget(self.middle, 1)
        column.addWidget(self.strip)

        for sheet in (self.sheet, self.reconstruction):
            connect_sheet(self.session, sheet)
        self.pad.inked.connect(self._follow_pen)
        self.pad.drawn.connect(self._take_drawing)
        self.live.found.connect(self._show_live)
        self.colouring.shown.connect(self._size_pictures)
        for bar in (self.colours, self.strip):  # it wraps after the view has its size
            bar.lines_changed.connect(self._size_pictures)
        self.colouring.grounded.connect(lambda: self._take_drawing() if self.given and not self.given.photo else None)
        self.pad.given.connect(self.open)
        # The dialog opens after the drop has ended, because the source program waits for that.
        ask = partial(encode_folder, self, context)
        PathDrop(self, Path.is_dir, self).dropped.connect(lambda folder: QTimer.singleShot(0, self, partial(ask, folder)))
        self.side.label_chosen.connect(self.finder.choose_label)
        self.side.refine_asked.connect(self.finder.refine)
        self.side.stop_asked.connect(self.finder.job.cancel)
        self.side.train_asked.connect(self.session.encoder_requested)
        self.incoming.taken.connect(lambda given: self.finder.take(given, "open picture"))
        self.incoming.failed.connect(self._say_error)
        self.finder.job.progressed.connect(self.side.show_progress)
        self.finder.job.changed.connect(self._show_side)

    def _fill_strip(self) -> None:
        """Add the controls for the encoded style to the strip of sources."""
        self.strip.open_asked.connect(self.incoming.ask_file)
        self.strip.paste_asked.connect(self.incoming.paste)
        self.strip.example_asked.connect(self.incoming.take_example)
        self.strip.clear_asked.connect(lambda: self.session.edit_view("clear picture", RestyleState()))
        self.strip.brush_changed.connect(self.pad.set_brush)
        what = "the style that was found"
        self.tools = {name: tool_for(TILE_ACTIONS[name], partial(self._act, TILE_ACTIONS[name]), what) for name in ("go", "keep")}
        self.use = UseButton(self._act, what)
        self.strip.add_together(*self.tools.values(), self.use)

    def _act(self, action: TileAction) -> None:
        action.run(self.session, tile_of(self.reconstruction, 0))

    def minimumSizeHint(self) -> QSize:
        """The size with the smallest pictures, so that the current ones do not keep the window from shrinking."""
        return QSize(self.beside.width() + 2 * LEAST + 4 * GAP, self._height_with(SIDE))

    @property
    def whole_height(self) -> int:
        return self._height_with(self.side.minimumSizeHint().height())

    def _height_with(self, beside: int) -> int:
        return max(beside, LEAST + CAPTION) + GAP + GAP // 2 + self.sheet.minimumHeight() + self._bars()

    def _bars(self) -> int:
        """The height of the strips."""
        return self.strip.height() + (0 if self.colours.isHidden() else self.colours.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_pictures()

    def _size_pictures(self) -> None:
        """Give the two pictures the same size: squares with a whole-number zoom, in the height that the row of classes leaves."""
        pixels = self.tile_size.height()
        self.side.size_seen(pixels)
        free = self.height() - self._bars()
        most = free - self.sheet.minimumHeight() - GAP - GAP // 2
        self.beside.setMinimumHeight(max(SIDE, min(self.side.minimumSizeHint().height(), most)))
        one_line = self.width() // max(1, self.class_count)  # the height of all classes side by side
        classes = min(free // 3, one_line + GAP) if one_line >= pixels else free // 3
        down = free - CAPTION - 2 * GAP - max(self.sheet.minimumHeight(), classes)
        room = min(down, (self.width() - self.beside.width() - 4 * GAP) // 2)
        side = max(pixels * (room // pixels), LEAST)
        for picture in (self.pad, self.reconstruction):
            picture.setFixedSize(side, side)
        if (layout := self.layout()) is not None:
            layout.activate()
        self.colours.begin_at(self.pad.x())

    @property
    def busy(self) -> bool:
        """Whether a picture is being read or encoded, or colours are being found."""
        return any(each.busy for each in (self.finder.job, self.incoming, self.cropping, self.live, self.colouring))

    # What is shown.

    @property
    def given(self) -> Restyle | None:
        """The picture in the view, if any."""
        return self.session.scene.view(RestyleState).given

    def sweep(self) -> Sweep | None:
        restyle, space = self.given, self.session.space
        if restyle is None or restyle.found is None or space is None or self._refused():
            return None
        count = max(1, self.class_count)
        columns = columns_that_fit(count, self.tile_size, self.sheet.room)
        return ClassRow(restyle.found, (), -(-count // columns))

    def films(self) -> Mapping[str, OwnFilm]:
        return {} if self._refused() else films_of(self.given, self.session.model)

    def showEvent(self, event: QShowEvent) -> None:
        self.incoming.look_again()
        super().showEvent(event)

    def worked_on(self) -> object:
        return self.given and replace(self.given, found=None, mse=None)

    def main_sheet(self) -> Sheet:
        return self.sheet

    def refresh(self) -> None:
        super().refresh()
        restyle, model = self.given, self.session.model
        on_pad = _source(restyle)
        if on_pad != self._on_pad:
            self._on_pad = on_pad
            if self.pad.drawing:
                self.live.end()  # undo abandons the stroke
            if restyle is None:
                self.pad.show_paper(None)
            else:
                self.pad.show_paper(self._papers.paper(restyle.picture), marked(restyle))
            self.side.show_seen(seen(restyle.picture) if restyle else None)
        self.cropping.refresh()
        self.pad.words = "" if restyle else HINT
        grey(self.pad, "" if model is not None else NO_MODEL)
        self._size_pictures()
        self.colouring.follow(model)
        self.incoming.follow()
        self.finder.follow()
        self.reconstruction.follow(restyle.found if restyle else None)
        if refused := self._refused():
            self.sheet.clear(refused)
        elif restyle is None or (model is not None and model.encoder is None):
            self.sheet.clear(WORDS)
            self.reconstruction.clear()
        self._show_side()

    def _show_side(self) -> None:
        model, restyle = self.session.model, self.given
        space = model.space if model else None
        self.side.show_state(
            restyle,
            space.labels if space else (),
            found=caption(restyle.found, space) if space and restyle and restyle.found else "",
            encoder=model is None or model.encoder is not None,
            trainable=model is None or model.discriminator is not None,
            refining=self.finder.refining,
            words=how_far(model, restyle),
        )
        found = restyle is not None and restyle.found is not None and self.reconstruction.frame is not None
        for tool in (*self.tools.values(), self.use):
            grey(tool, "" if found else NO_PICTURE)
        if space is not None:
            self.use.suit(space)
        grey(self.strip.clear, "" if restyle is not None else "There is no picture to remove")
        grey(self.strip.example, self.incoming.why_no_example())

    def _refused(self) -> str:
        return refused(self.session.model, self.given)

    def show_frame(self, frame: Frame) -> None:
        if self.given is not None and self.given.found is not None and not self._refused():
            self.sheet.show_frame(frame)

    # Setting the picture.

    def open(self, source: Path | bytes) -> None:
        """Use the picture in a file, or in the bytes of one."""
        self.incoming.open(source)

    def _take_drawing(self) -> None:
        model, paper, gesture = self.session.model, self.pad.paper(), self.live.end()
        if model is None:
            return
        try:
            picture = drawn(ink_of(paper, model.spec.image_shape[0]), model.spec)
        except ZscapeError as error:
            self._say_error(str(error))
            return
        self._papers.keep(picture, paper)
        self.finder.take(Given(picture), "draw", gesture)

    # Following its changes.

    def _follow_pen(self) -> None:
        paper = self.pad.paper()
        self.live.move("draw", lambda spec: Given(drawn(ink_of(paper, spec.image_shape[0]), spec)))

    def _show_live(self, found: Found, label: str) -> None:
        self.side.show_seen(seen(found.asked.picture))
        if label == "draw":  # the pad shows it already, and the stroke continues
            self._on_pad = _source(found.asked)

    def _say_error(self, line: str) -> None:
        self.session.message.emit(line, True)


def _source(restyle: Restyle | None) -> tuple[object, ...]:
    """What the pad shows."""
    return (restyle.picture, restyle.photo, restyle.crop) if restyle else ()
