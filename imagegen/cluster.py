"""Look after one django-q2 cluster from a process with one thread, which may fork at any time."""

import contextlib
import logging
import multiprocessing
import os
import signal
import time
import uuid
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from typing import cast

from django.conf import settings
from django.db import close_old_connections, connections
from django_q.brokers import get_broker
from django_q.cluster import Sentinel

from imagegen import queue
from imagegen.orphans import die_with

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.25
WATCH_SECONDS = 0.5
RETRY_SECONDS = 0.5
PULSE_SECONDS = 5
STOP_SECONDS = 10
IDLE = -1  # the timer of a worker that waits for a task


class Chore:
    """Something done every few seconds that may fail while the database or Valkey is away: said once, not each time."""

    def __init__(self, name: str, action: Callable[[], None], *, every: float) -> None:
        self._name = name
        self._action = action
        self._every = every
        self._due = 0.0
        self._failing = False

    def do_when_due(self) -> None:
        """Do it if it is time, whatever comes of it."""
        if time.monotonic() < self._due:
            return
        try:
            close_old_connections()
            self._action()
        except Exception as error:
            if not self._failing:
                logger.warning("%s does not work, is tried again and again: %r", self._name, error)
            self._failing = True
        else:
            if self._failing:
                logger.warning("%s works again", self._name)
            self._failing = False
        self._due = time.monotonic() + (RETRY_SECONDS if self._failing else self._every)


class ClusterKeeper:
    """Keeps a cluster running until SIGTERM or SIGINT, and does `chores` beside it.

    Everything may be there and yet nothing run, when a process was killed that held a lock of django-q2's. So
    beats are sent through the queue, and a cluster that consumes none is killed whole.
    """

    def __init__(self, name: str, chores: list[Chore]) -> None:
        self._name = name
        self._chores = [
            Chore("the cluster", self._keep_running, every=WATCH_SECONDS),
            Chore("the pulse", self._feel_pulse, every=PULSE_SECONDS),
            *chores,
        ]
        self._processes = multiprocessing.get_context("fork")
        self._end = self._processes.Event()
        self._sentinel: ForkProcess | None = None
        self._stopping = False
        self._last_beat: float | None = None
        self._missed_beats = 0

    def run(self) -> None:
        """Run until told to stop; then end within ten seconds, by force at last."""
        _leash_children()
        signal.signal(signal.SIGALRM, self._end_by_force)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_stop)
        while not self._stopping:
            for chore in self._chores:
                chore.do_when_due()
            time.sleep(TICK_SECONDS)
        queue.stop()
        if self._sentinel and self._sentinel.is_alive():
            self._end.set()
            self._sentinel.join()

    def _note_stop(self, *_: object) -> None:
        if not self._stopping:
            signal.alarm(STOP_SECONDS)
        self._stopping = True

    def _end_by_force(self, *_: object) -> None:
        logger.warning("not everything ended within %d seconds, the rest is killed", STOP_SECONDS)
        self._kill()
        os._exit(1)

    def _keep_running(self) -> None:
        if self._sentinel and not self._sentinel.is_alive():
            logger.warning("the cluster is dead and is started again")
        elif self._missed_beats * PULSE_SECONDS >= settings.DEAF_SECONDS:
            logger.warning("the cluster consumes nothing and is started again")
        elif self._sentinel:
            return
        self._kill()
        get_broker().ping()
        self._missed_beats = 0
        connections.close_all()  # none may be shared with the processes that are forked now
        self._end = self._processes.Event()
        arguments = (self._end, self._processes.Event(), uuid.uuid4())
        self._sentinel = self._processes.Process(target=WatchfulSentinel, args=arguments)
        self._sentinel.start()

    def _feel_pulse(self) -> None:
        """Count beats in a row after which none was consumed. Clocks do not matter: a laptop may have been asleep."""
        beat = queue.last_beat(self._name, here=True)
        self._missed_beats = self._missed_beats + 1 if beat == self._last_beat else 0
        self._last_beat = beat
        queue.beat(self._name)

    def _kill(self) -> None:
        """Kill the cluster's process group; when its sentinel is dead, the kernel has done so for us."""
        if self._sentinel and self._sentinel.is_alive():
            with contextlib.suppress(ProcessLookupError):  # in its first moments it has no group of its own
                os.killpg(cast(int, self._sentinel.pid), signal.SIGKILL)
            self._sentinel.kill()
            self._sentinel.join()
        self._sentinel = None


class WatchfulSentinel(Sentinel):  # type: ignore[misc] # django-q2 is not typed
    """django-q2's guard of a cluster, which ends its cluster rather than leave it deaf."""

    def reincarnate(self, process: ForkProcess) -> None:
        """Replace a process that ended; when that was an idle worker and nothing else runs, start all anew.

        Of the idle workers one holds the lock of the queue. Killed, it holds it for ever.
        """
        timers = [worker.timer.get_obj().value for worker in self.pool]  # without their locks, for the same reason
        if process in self.pool and not process.is_alive() and all(timer == IDLE for timer in timers):
            logger.warning("an idle worker was killed")
            os.killpg(0, signal.SIGKILL)
        super().reincarnate(process)


def _leash_children() -> None:
    """Have every process forked from here, and by those, die with its parent; the cluster gets a group of its own."""
    keeper = forking = os.getpid()

    def before() -> None:
        nonlocal forking
        forking = os.getpid()

    def in_child() -> None:
        die_with(forking)
        if forking == keeper:
            os.setpgid(0, 0)

    os.register_at_fork(before=before, after_in_child=in_child)
