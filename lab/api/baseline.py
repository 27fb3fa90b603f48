"""Baselines: read and found fit for a run before that begins, and held against it when it has ended."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.errors import InputError, Problem
from lab.intent.baseline import read_baseline
from lab.model.baseline import Baseline, LabProfile


def fit_baseline(path: Path, labs: Sequence[LabProfile]) -> Baseline:
    """The baseline in a file, for a run of these labs. InputError when it cannot be read, holds none of them, or was measured otherwise."""
    baseline = read_baseline(path)
    kept = {lab.topology: lab for lab in baseline.labs}
    if not any(lab.topology in kept for lab in labs):
        asked, known = (", ".join(lab.topology for lab in each) for each in (labs, baseline.labs))
        raise InputError(
            [Problem(place=str(path), message=f"holds nothing of {asked} (it holds {known or 'no lab'}; save one of its own)")]
        )
    problems = [problem for lab in labs if lab.topology in kept for problem in _differing(path, kept[lab.topology], lab)]
    if problems:
        raise InputError(problems)
    return baseline


def _differing(path: Path, then: LabProfile, now: LabProfile) -> Iterator[Problem]:
    """Figures under other timers, or with IPsec elsewhere, are no measure: a hold time of 30 s is no regression of one of 3 s."""
    for option, before, here in (("timers", then.timers, now.timers), ("ipsec", then.ipsec, now.ipsec)):
        if before != here:
            message = f"measured with {option} {before}, this run has {here} (give --{option} {before}, or save a baseline with {here})"
            yield Problem(place=f"{path}: {now.topology}", message=message)
