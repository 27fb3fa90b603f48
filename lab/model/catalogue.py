"""The catalogue of faults, for people to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a fault, with an example, and whether it is required."""

    name: str
    example: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A kind of fault: what it does, who notices it, and its targets.

    `checks` are the files of checks that use it, as paths from the root of the project.
    """

    name: str
    family: str
    description: str
    noticed: str
    targets: str
    parameters: tuple[Parameter, ...]
    checks: tuple[str, ...] = ()
