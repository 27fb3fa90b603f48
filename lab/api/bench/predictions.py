"""Measure how long `predict` and `audit` take, as whole processes: what a user waits for."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from lab.api.files import shipped_topologies
from lab.model.figure import Figure
from lab.model.progress import Say
from lab.program import MODULES

_READINGS = 3
_PROGRAM = "import sys; from lab.door.main import main; sys.exit(main())"


def prediction_seconds(say: Say) -> tuple[Figure, ...]:
    """Single failures of each shipped topology, sets of two of all of them, sets of three of one, and the audit of all."""
    return tuple(_measured(name, words, say) for name, words in _commands())


def _commands() -> Iterator[tuple[str, Sequence[str]]]:
    for topology in shipped_topologies():
        yield f"predict {topology}, single failures", ("predict", "-t", topology)
    yield "predict all, sets of two", ("predict", "--failures", "2")
    yield "predict hybrid-backup, sets of three", ("predict", "-t", "hybrid-backup", "--failures", "3")
    yield "audit all", ("audit",)


def _measured(name: str, words: Sequence[str], say: Say) -> Figure:
    say(name)
    return Figure(name=name, unit="s", readings=tuple(_seconds(words) for _ in range(_READINGS)))


def _seconds(words: Sequence[str]) -> float:
    begin = time.monotonic()
    subprocess.run([sys.executable, "-c", _PROGRAM, *words], check=True, cwd=MODULES, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin
