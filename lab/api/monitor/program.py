"""A program that keeps the monitor of one lab. Its arguments: the name of the lab, and a descriptor to which it writes one line.

The line is empty when the monitor works, or else says why it does not. Then the program runs until the lab is gone, or until it is told
to end.
"""

import os
import signal
import sys
from contextlib import suppress

from lab.api.monitor.keeping import keep
from lab.api.running import opened
from lab.errors import LabError
from lab.interrupt import ENDINGS, interrupt


def main() -> None:
    """Keep the monitor."""
    lab, telling = sys.argv[1], int(sys.argv[2])
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
        with opened(lab) as running:
            keep(running, lambda: tell(""))
    except KeyboardInterrupt:
        return
    except LabError as error:
        tell(str(error))


if __name__ == "__main__":
    main()
