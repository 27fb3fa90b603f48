"""A program that keeps the monitor of one lab. Its arguments: the name of the lab, a descriptor, and the user's rule files.

It starts the monitor at once, because Prometheus needs some seconds. Then it reads one line from its standard input, which says that the
lab is deployed, and which automations act (JSON: a list of names). It writes one line to the descriptor. The line is empty when the monitor
works, or else says why it does not. Then the program runs until the lab is gone, or until it is told to end.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lab.api.monitor.alarms import Alarms
from lab.api.monitor.order import order_for
from lab.api.running import opened
from lab.errors import LabError
from lab.interrupt import ENDINGS, interrupt
from lab.model.progress import unheard
from lab.monitor.running import Monitor, monitoring
from lab.runtime.lab import RunningLab


def main() -> None:
    """Keep the monitor."""
    lab, telling, rules = sys.argv[1], int(sys.argv[2]), tuple(map(Path, sys.argv[3:]))
    for number in ENDINGS:
        signal.signal(number, interrupt)

    told = False

    def tell(line: str) -> None:
        nonlocal told
        if told:
            return  # the descriptor is closed, and may be another file by now
        told = True
        with suppress(OSError):  # the command that started us may be gone
            os.write(telling, line.encode() + b"\n")
        os.close(telling)

    try:
        order = order_for(lab, rules, unheard)
        alarms = Alarms()
        monitor = Monitor(lab, lambda: b"", alarms.hear)  # no metrics until the lab is there
        with monitoring(order, monitor) as has_ended:
            from lab.api.monitor.keeping import Kept, keep  # noqa: PLC0415 - Prometheus starts meanwhile

            with _deployed(lab) as (running, act):
                keep(running, Kept(monitor=monitor, alarms=alarms, has_ended=has_ended), act, lambda: tell(""))
    except KeyboardInterrupt:
        return
    except LabError as error:
        tell(str(error))


@contextmanager
def _deployed(lab: str) -> Iterator[tuple[RunningLab, list[str]]]:
    """Wait until the command that started us says that the lab is deployed, and open it. Gives also the automations that act."""
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt  # the command has ended, so there will be no lab
    with opened(lab) as running:
        yield running, json.loads(line)


if __name__ == "__main__":
    main()
