"""Measure how long `predict` and `audit` take, as whole processes: what a user waits for, and what it costs as a network grows."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lab.api.bench.many_sites import many_sites
from lab.api.bench.processes import Cost, cost
from lab.api.files import shipped_topologies
from lab.model.figure import Figure
from lab.model.progress import Say

_READINGS = 3
_SITES = (30, 100, 300, 1000)
_FAILURES = (1, 2, 3)


def prediction_seconds(say: Say) -> tuple[Figure, ...]:
    """Predictions of the shipped topologies and the audit of all, then the audit of designs of more and more sites, and larger sets."""
    waited = tuple(_waited(name, words, say) for name, words in _commands())
    grown = (figure for growth in (_by_sites(say), _by_failures(say)) for figure in growth)
    return (*waited, *grown)


def _commands() -> Iterator[tuple[str, Sequence[str]]]:
    for topology in shipped_topologies():
        yield f"predict {topology}, single failures", ("predict", "-t", topology)
    yield "predict all, sets of two", ("predict", "--failures", "2")
    yield "audit all", ("audit",)


def _waited(name: str, words: Sequence[str], say: Say) -> Figure:
    say(name)
    return Figure(name=name, unit="s", readings=tuple(cost(words).seconds for _ in range(_READINGS)))


def _by_sites(say: Say) -> Iterator[Figure]:
    """The audit of generated designs: every single failure."""
    with TemporaryDirectory() as folder:
        for sites in _SITES:
            file = Path(folder) / f"{sites}-sites.yaml"
            file.write_text(many_sites(sites))
            yield from _spent(f"audit {sites} sites", ("audit", "-t", str(file)), say)


def _by_failures(say: Say) -> Iterator[Figure]:
    """The prediction of all sets of one failure, of up to two, and of up to three."""
    for most in _FAILURES:
        yield from _spent(f"predict hybrid-backup, sets of up to {most}", ("predict", "-t", "hybrid-backup", "--failures", str(most)), say)


def _spent(name: str, words: Sequence[str], say: Say) -> Iterator[Figure]:
    """The seconds of a core and the memory. They depend less than the wait on what else the host does."""
    say(name)
    spent: tuple[Cost, ...] = (cost(words),)
    yield Figure(name=name, unit="s of a core", readings=tuple(each.core_seconds for each in spent))
    yield Figure(name=name, unit="MB", readings=tuple(each.megabytes for each in spent))
