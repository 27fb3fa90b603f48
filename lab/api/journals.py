"""Begin the journal of a run."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from lab import __version__
from lab.engine import Journal
from lab.model.event import FORMAT, Drawn, RunStarted
from lab.model.plan import Plan
from lab.model.sketch import sketch_of
from lab.runtime.host.facts import host_facts

_RUNS = Path("runs")
"""The folder for journals in the current folder. Each run has its own subfolder."""


def new_journal() -> Journal:
    """An empty journal in a folder of its own, whose name is this instant."""
    return Journal(_RUNS / f"{datetime.now(UTC):%Y%m%d-%H%M%S.%f}" / "journal.jsonl")


def begin_journal(journal: Journal, plans: Sequence[Plan], images: tuple[tuple[str, str], ...], only: str | None) -> None:
    """Write what is known before the first check. `images`: versions in the images. `only`: the name of the only check to run, if named."""
    names = tuple(plan.name for plan in plans)
    journal.write(RunStarted(version=__version__, host=host_facts(), images=images, topologies=names, only=only, format=FORMAT))
    for plan in plans:
        journal.write(Drawn(sketch=sketch_of(plan)))
