"""The catalogue of faults, as people read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a fault can be told beside its target, with an example, and whether it must be."""

    name: str
    example: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A kind of fault: what it does, who can find out, what it can be done to, and the files of checks that use it, as paths from
    the root of the project."""

    name: str
    family: str
    description: str
    noticed: str
    targets: str
    parameters: tuple[Parameter, ...]
    checks: tuple[str, ...] = ()
