"""The catalogue of faults that `lab-faults` shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a fault, with an example. `needed`: it has no default."""

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
