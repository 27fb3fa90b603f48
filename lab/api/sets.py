"""Read sets of components that fail together, as users write them: `dx1 + vpn1`."""

from math import comb

from lab.errors import InputError, Problem
from lab.model.prediction import Component
from lab.predict import Predictor
from lab.spelling import way_out

MOST_SETS = 100_000
"""More sets of one topology are refused: they would take hours."""


def require_few(topology: str, components: int, most: int, option: str) -> None:
    """Raise InputError if there are too many sets of up to `most` of these `components`."""
    number = sum(comb(components, size) for size in range(1, most + 1))
    if number > MOST_SETS:
        message = (
            f"{topology} has {number} sets of up to {most} of its {components} components, more than {MOST_SETS} (give a smaller number)"
        )
        raise InputError([Problem(place=option, message=message)])


def named_set(predictor: Predictor, written: str, option: str, problems: list[Problem]) -> tuple[Component, ...]:
    """The components that a user wrote, in any order. () for an empty text. Adds a problem for each component that does not exist."""
    known = {each.name: each for each in predictor.components}
    names = list(dict.fromkeys(name for part in written.split("+") if (name := part.strip())))
    for name in names:
        if name not in known:
            message = f"{predictor.plan.name} has no component '{name}' {way_out(name, known)}"
            problems.append(Problem(place=option, message=message))
    return tuple(known[name] for name in names if name in known)
