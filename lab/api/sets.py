"""Read sets of components as users write them: `dx1 + vpn1`."""

from lab.errors import Problem
from lab.model.prediction import Component
from lab.predict import Predictor
from lab.spelling import way_out


def named_set(predictor: Predictor, written: str, option: str, problems: list[Problem]) -> tuple[Component, ...]:
    """The components of a set, in any order. () for nothing. Adds a problem for each that does not exist."""
    known = {each.name: each for each in predictor.components}
    names = list(dict.fromkeys(name for part in written.split("+") if (name := part.strip())))
    for name in names:
        if name not in known:
            message = f"{predictor.plan.name} has no component '{name}' {way_out(name, known)}"
            problems.append(Problem(place=option, message=message))
    return tuple(known[name] for name in names if name in known)
