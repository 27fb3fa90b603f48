"""All commands, in a few files. A command reads its options, calls lab.api, shows the result and returns the exit code."""

from collections.abc import Mapping, Sequence
from types import ModuleType

from lab.door.command import Command
from lab.door.verbs import a_lab, checks, developers, exporting, network, start, workshop
from lab.program import IS_CLONE

_MODULES: Mapping[str, Sequence[ModuleType]] = {
    "start here": (start,),
    "a lab": (a_lab,),
    "checks": (checks,),
    "your network": (network, exporting),
    "a workshop": (workshop,),
    "for developers": (developers,),
}


def groups() -> Mapping[str, Sequence[Command]]:
    """The commands of each group, by the title of the group, in the order of the list.

    An installed package has no commands that need the sources.
    """
    return {title: [each for module in modules for each in vars(module).values() if _is_ours(each)] for title, modules in _MODULES.items()}


def _is_ours(value: object) -> bool:
    return isinstance(value, Command) and (IS_CLONE or value not in developers.ON_A_CLONE)
