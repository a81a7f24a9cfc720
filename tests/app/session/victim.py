"""A process that works until it is killed, and reports on standard output what it has done and when.

`python victim.py` loads everything once and then reads lines "WHAT FOLDER MODEL". Each starts a process (a fork) that does WHAT
in FOLDER, and is answered with its process id. A line of the report is "COUNT SECONDS", by time.monotonic.
"""

import os
import signal
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch  # noqa: F401  once, for all processes
from PySide6.QtWidgets import QApplication  # noqa: F401
from recipes import kind, recipe, scene, with_seed

EVERY_MS = 16  # as often as a screen is refreshed
KEEP = 20
"""Every KEEP-th edit is kept on the shelf."""


def did(count):
    os.write(1, f"{count} {time.monotonic()}\n".encode())


def edit(folder, model):
    """The real window with an endless drag: edit n moves to seed n within one gesture, and every twentieth point is kept."""
    os.environ["ZSCAPE_HOME"] = str(folder)
    from PySide6.QtCore import QTimer

    from zscape.app.window import main_window
    from zscape.app.window.startup import start

    class Driven(main_window.MainWindow):
        def __init__(self, *given):
            super().__init__(*given)
            self.count, self.timer = 0, QTimer(self)
            self.timer.timeout.connect(self.drag)
            self.first_imaged.connect(self.begin)

        def begin(self):
            self.gesture = self.session.new_gesture()
            self.timer.start(EVERY_MS)

        def drag(self):
            self.count += 1
            point = with_seed(self.session.point, self.count)
            shelf = self.session.scene.shelf + ((point,) if self.count % KEEP == 0 else ())
            self.session.edit("drag", replace(self.session.scene, point=point, shelf=shelf), self.gesture)
            did(self.count)

    main_window.MainWindow = Driven
    start.run(model)


def train(folder, _):
    """A run that writes its files after each step."""
    from blobs import CONFIG, blobs

    from zscape.models.training.train import train

    for progress in train(replace(CONFIG, steps=10**6, save_seconds=0), blobs(), folder / "run"):
        did(progress.done)


def export(folder, _):
    """One picture and one animation, each with its session inside, again and again over the previous files."""
    from zscape.app.state.saved_session import SessionFile
    from zscape.app.state.session_file import KEY, to_json
    from zscape.models.media.film.animation import write_animation
    from zscape.models.media.images import save_png
    from zscape.models.progress import finish

    random = np.random.default_rng(0)
    for count in range(1, 10**6):
        text = {KEY: to_json(SessionFile(scene=scene(recipe(seeds=((count, 1.0),)))))}
        frames = random.integers(0, 256, (8, 56, 56, 3), np.uint8)
        save_png(folder / "sheet.png", frames[0], 4, text)
        finish(write_animation(folder / "loop.gif", frames, 25, len(frames), 2, text))
        did(count)


def save(folder, _):
    """A session of 500 points, again and again over the previous file."""
    from zscape.app.state import session_file

    shelf = tuple(recipe(seeds=(), numbers=tuple(np.random.default_rng(k).normal(size=64).tolist())) for k in range(500))
    for count in range(1, 10**6):
        saved = session_file.SessionFile("tiny", "image", kind(64, 10), scene(recipe(seeds=((count, 1.0),)), shelf))
        session_file.save(folder / "mine.zscape.json", saved)
        did(count)


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no process waits for the children
    for line in sys.stdin:
        what, folder, model = line.rstrip("\n").split("\t")
        number = os.fork()
        if not number:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                {"edit": edit, "train": train, "export": export, "save": save}[what](Path(folder), model)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        os.write(1, f"started {number}\n".encode())


if __name__ == "__main__":
    main()
