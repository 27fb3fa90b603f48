"""Write a number with its noun."""

from collections.abc import Sequence

from lab.model.check import CONTROL


def counted(number: int, thing: str) -> str:
    """A number with its noun in the singular or the plural: 1 check, 2 checks, 2 topologies."""
    several = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number} {thing if number == 1 else several}"


def counted_checks(names: Sequence[str]) -> str:
    """How many checks these are, by their names. The control run is no check of a file: 17 checks and the control run."""
    controls = sum(name == CONTROL for name in names)
    parts = [counted(len(names) - controls, "check")] if controls < len(names) or not controls else []
    parts += ["the control run" if controls == 1 else f"{controls} control runs"] if controls else []
    return " and ".join(parts)
