"""The options of a sweep: a run that breaks every set of components."""

from typing import TYPE_CHECKING

from lab.door.values import number
from lab.errors import InputError, Problem

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.api.sweep import Sweep


def sweep_of(most: str | None, sample: str | None, seed: str | None, *, every: bool) -> "Sweep | None":
    """Read the options of a sweep. None without --sweep. Raises one InputError that lists every mistake."""
    from lab.api.sweep import DEFAULT_SEED, Sweep

    if most is None:
        alone = [option for option, given in (("--sample", sample), ("--all", every), ("--seed", seed)) if given]
        if alone:
            raise InputError([Problem(place=option, message="this option works only with --sweep N (add --sweep N)") for option in alone])
        return None
    return Sweep(
        most=number(most, "--sweep") or 1,
        sample=number(sample, "--sample") or 0,
        seed=number(seed, "--seed") or DEFAULT_SEED,
        every=every,
    )
