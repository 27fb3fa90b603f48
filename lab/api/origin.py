"""Say which files a run reads, if names alone do not tell: those of the user, or the shipped ones."""

from collections.abc import Sequence
from pathlib import Path

from lab.api.files import checks_folder, is_shipped, shipped_topologies
from lab.api.paths import Deployable, shortest
from lab.program import shipped

_COME = "with Failover Lab"


def topology_origin(deployable: Deployable) -> str | None:
    """A line that says from which file a topology was read. None if that is clear."""
    if not _is_in_doubt(deployable):
        return None
    if is_shipped(deployable.path):
        return f"{deployable.plan.name}: the topology comes {_COME}"
    return f"{deployable.plan.name}: {shortest(deployable.path)} is read, not the topology that comes {_COME}"


def run_origins(deployables: Sequence[Deployable]) -> tuple[str, ...]:
    """Lines that say which topologies and checks a run reads. Those from the same folder share a line. () if that is clear."""
    names: dict[str, list[str]] = {}
    for each in filter(_is_in_doubt, deployables):
        names.setdefault(_words(each), []).append(each.plan.name)
    return tuple(f"{', '.join(named)}: {words}" for words, named in names.items())


def _words(deployable: Deployable) -> str:
    folder = checks_folder(deployable)
    topology, checks = str(shortest(deployable.path)), f"{shortest(folder)}/"
    match is_shipped(deployable.path), is_shipped(folder):
        case True, True:
            return f"topology and checks come {_COME}"
        case True, False:
            return f"the topology comes {_COME}, the checks are those in {checks}"
        case False, True:
            return f"{topology} is read, the checks come {_COME}"
        case _:
            return f"{topology} and {checks} are read, not what comes {_COME}"


def _is_in_doubt(deployable: Deployable) -> bool:
    """Whether a user may wonder which file is read.

    That is clear in the folder of the shipped files, and for a name that no shipped file has.
    """
    names = {deployable.plan.name, deployable.path.stem}
    return Path.cwd().resolve() != shipped().resolve() and bool(names & set(shipped_topologies()))
