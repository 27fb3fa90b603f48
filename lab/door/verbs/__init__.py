"""Every verb, one file a group of the list: parse, ask lab.api, show, exit with the contract's code. No logic lives here."""

from collections.abc import Callable, Mapping
from types import ModuleType

from invoke.tasks import Task

from lab.door.verbs import a_lab, checks, developers, network, start
from lab.program import IS_CLONE

_MODULES: Mapping[str, ModuleType] = {
    "start here": start,
    "a lab": a_lab,
    "checks": checks,
    "your network": network,
    "for developers": developers,
}


def groups() -> Mapping[str, tuple[Task[Callable[..., None]], ...]]:
    """The verbs by the title of their group, in the order of the list. An installed package lacks those that work on a clone."""
    return {title: tuple(filter(_is_offered, vars(module).values())) for title, module in _MODULES.items()}


def _is_offered(each: object) -> bool:
    return isinstance(each, Task) and (IS_CLONE or each not in developers.ON_A_CLONE)
