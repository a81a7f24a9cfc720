"""Makes a training thread give way to the window."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

NICENESS = 15
"""With this niceness, Linux gives a thread about a thirtieth of a core that another thread wants.

Not SCHED_IDLE: on a machine busy with something else such a thread hardly runs, and the window waits whenever it is suspended
while it holds the GIL.
"""


def lower_priority() -> None:
    """Lower the priority of the calling thread; call it before the thread's first torch operation.

    On Linux, sets the niceness of this thread and of the workers that torch starts from it. Elsewhere, or if the system refuses,
    nothing happens: the work is the same, the window a little less smooth.
    """
    if sys.platform == "linux":  # elsewhere niceness applies to the whole process, including the window
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
