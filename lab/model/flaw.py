"""Flaws: what is wrong in the network of a workshop's chapter, the check that shows it, and what a student types to repair it."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a person types in a node: lines of vtysh after `configure terminal`, or commands of the shell (`in_shell`)."""

    node: str
    lines: tuple[str, ...]
    in_shell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A misconfiguration of the customer that defeats redundancy.

    - `summary`: what is wrong, for the teacher
    - `misconfigurations`: its numbers in section 8 of the facts about AWS that this project was built from
    - `topology`, `check`: the shipped network that it spoils, and the shipped check that fails because of it
    - `change`: makes the plan of the sound network that of the flawed one. It changes no node, cable or address.
    - `solution`: what a student may type to repair it, for the plan of the sound network
    """

    name: str
    summary: str
    misconfigurations: tuple[int, ...]
    topology: str
    check: str
    change: Callable[[Plan], Plan]
    solution: Callable[[Plan], tuple[Typed, ...]]
