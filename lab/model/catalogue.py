"""The catalogue of the kinds of fault, which `lab-faults` shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a kind of fault, with an example. `needed`: the user must give it."""

    name: str
    example: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A kind of fault: what it does, who notices it, and what it can break.

    `checks` are the files of checks that use it, relative to the root of the project.
    """

    name: str
    family: str
    description: str
    noticed: str
    targets: str
    parameters: tuple[Parameter, ...]
    checks: tuple[str, ...] = ()
