"""Encodes a folder of pictures to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zscape.app.widgets.named_file import ending_in
from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.inference.encode_file import encode_to_file

ARRAYS = "Arrays (*.npz)"
NO_MODEL = "Open a model first: its encoder finds the points of the pictures."
NO_ENCODER = "The open model has no encoder, which finds the points of pictures: train one, or open another model."


def ask_folder(parent: QWidget, context: Context) -> None:
    """Ask for a folder and a file, and encode it."""
    if _refused(context):
        return
    title = "Encode a folder of pictures, or one with a folder of them for each class"
    name = QFileDialog.getExistingDirectory(parent, title, str(context.settings.last_folder()))
    if name:
        encode_folder(parent, context, Path(name))


def encode_folder(parent: QWidget, context: Context, folder: Path) -> None:
    """Ask for a file, and encode the pictures of `folder` in the background, as a job that can be cancelled."""
    session, model = context.session, context.session.model
    if _refused(context) or model is None:
        return
    from zscape.models.data.given_pictures import check_folder

    try:
        check_folder(folder)  # before the dialog
    except ZscapeError as error:
        session.message.emit(str(error), True)
        return
    proposed = folder.parent / f"{folder.name}-{model.spec.name}.npz"
    name, _ = QFileDialog.getSaveFileName(parent, f"Save the latents of {folder.name}", str(proposed), ARRAYS)
    if not name:
        return
    out = ending_in(".npz", name)
    context.settings.keep_folder(out)
    device = session.device or "auto"
    job = context.jobs.start(f"Encode {folder.name}", lambda: encode_to_file(model, folder, out, device))
    job.finished.connect(lambda line: session.message.emit(line, False))
    job.failed.connect(lambda line: session.message.emit(line, True))
    job.cancelled.connect(lambda: session.message.emit(f"Stopped encoding {folder.name}: nothing was saved.", False))


def _refused(context: Context) -> bool:
    """Whether there is no encoder; if so a message says it."""
    model = context.session.model
    reason = NO_MODEL if model is None else NO_ENCODER if model.encoder is None else ""
    if reason:
        context.session.message.emit(reason, True)
    return bool(reason)
