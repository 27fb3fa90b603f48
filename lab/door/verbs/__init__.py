"""Every verb, one file a group of the list: parse, ask lab.api, show, exit with the contract's code. No logic lives here."""

from collections.abc import Callable, Mapping
from types import ModuleType

from invoke.tasks import Task

from lab.door.verbs import a_lab, checks, developers, network, start

_MODULES: Mapping[str, ModuleType] = {
    "start here": start,
    "a lab": a_lab,
    "checks": checks,
    "your network": network,
    "for developers": developers,
}


def groups() -> Mapping[str, tuple[Task[Callable[..., None]], ...]]:
    """The verbs by the title of their group, in the order of the list."""
    return {title: tuple(each for each in vars(module).values() if isinstance(each, Task)) for title, module in _MODULES.items()}
