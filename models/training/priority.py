"""Letting a training thread give way to the window."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

NICENESS = 15
"""Linux gives a thread this nice about a thirtieth of a core that another wants.

Not SCHED_IDLE: on a machine that is busy with something else such a thread hardly runs, and the window waits whenever it is put
aside while it holds Python's lock.
"""


def lower_priority() -> None:
    """Make the calling thread give way to others; call it before the thread's first torch operation.

    Linux: niceness for this thread and for the workers that torch starts from it. Elsewhere, or where the system refuses,
    nothing happens: the work is the same, the window a little less smooth.
    """
    if sys.platform == "linux":  # elsewhere niceness is the whole process's, the window's included
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
