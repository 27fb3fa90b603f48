"""Flaws: what is wrong in the network of a workshop's chapter, the check that shows it, and what a student types to repair it."""

from dataclasses import dataclass
from typing import Protocol

from lab.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a person types in a node: lines of vtysh after `configure terminal`, or commands of the shell (`in_shell`)."""

    node: str
    lines: tuple[str, ...]
    in_shell: bool = False


class Spoil(Protocol):
    """A change of a sound network that makes it a flawed one, and the way back."""

    def change(self, plan: Plan) -> Plan:
        """The plan of the flawed network. No node, cable or address is different from the sound one."""
        ...

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """What a student may type in the flawed network. `plan`: that of the sound network."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A misconfiguration of the customer that defeats redundancy.

    - `summary`: what is wrong, for the teacher
    - `misconfigurations`: its numbers in section 8 of the facts about AWS that this project was built from
    - `topology`, `check`: the shipped network that it spoils, and the shipped check that fails because of it
    """

    name: str
    summary: str
    misconfigurations: tuple[int, ...]
    topology: str
    check: str
    spoil: Spoil
