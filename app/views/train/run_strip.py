"""The controls of a run: pause, stop, explore its weights."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from zscape.app.widgets.controls.text_button import text_button
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.strip import Strip
from zscape.app.work.jobs import Job

NO_RUN = "There is no run: start one first"
STOP_TIP = "Stop this run now; what it has learnt is saved, and it can be continued later"
LEAVE_TIP = "Stop watching; the run itself continues"


class RunStrip(Strip):
    """pause, stop, watch, put, explore: buttons; follow: a switch. The view connects them."""

    def __init__(self) -> None:
        super().__init__()
        self.pause = text_button("Pause", "")
        self.stop = text_button("Stop", STOP_TIP)
        self.watch = text_button(
            "Watch a run\u2026", "Show a run of another program, such as zscape train in a terminal: choose its folder"
        )
        self.put = text_button("Put it into the model", "Have the model and its encoder in one file, not in two")
        self.put.hide()
        self.follow = QCheckBox("Follow")
        self.follow.setToolTip("Draw all views with the newest weights, again and again while it learns")
        tip = "Show the class sweep, and draw all views with the averaged weights it has reached now"
        self.explore = text_button("Explore the newest weights", tip)
        for button in (self.pause, self.stop, self.watch, self.put):
            self.add(button)
        self.add_stretch()
        self.add(self.follow)
        self.add(self.explore)

    def show_run(self, job: Job | None, can_explore: bool, watched: bool) -> None:
        """job: the run, None if there is none. can_explore: whether there are weights to explore.

        watched: whether it is another program's run.
        """
        running, paused = job is not None and not job.stopping, job is not None and job.paused
        self.pause.setText("Resume" if paused else "Pause")
        self.pause.setToolTip("Continue training" if paused else "Pause the run; the networks stay as they are")
        lacks = "" if running else NO_RUN if job is None else "The run is being stopped"
        self.stop.setToolTip(LEAVE_TIP if watched and running else STOP_TIP)
        grey(self.pause, lacks or ("This run belongs to another program: only that program can pause it" if watched else ""))
        grey(self.stop, lacks)
        grey(self.watch, "" if job is None else "Stop the run that is under way first")
        grey(self.explore, "" if can_explore else "The run has no weights to show yet" if running else NO_RUN)

    def offer_put(self, name: str) -> None:
        """Offer to put the encoder into the model called `name`."""
        self.put.setText(f"Put it into {name}")
        self.put.show()
