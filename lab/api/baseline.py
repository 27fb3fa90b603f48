"""Read a baseline (the figures of an earlier run) before a run. Refuse it if the two runs cannot be compared."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.errors import InputError, Problem
from lab.intent.baseline import read_baseline
from lab.model.baseline import Baseline, LabProfile


def fit_baseline(path: Path, labs: Sequence[LabProfile]) -> Baseline:
    """The baseline in a file, for a run of these labs.

    Raises InputError if the file cannot be read, has figures of none of these labs, or was measured with other options.
    """
    baseline = read_baseline(path)
    kept = {lab.topology: lab for lab in baseline.labs}
    if not any(lab.topology in kept for lab in labs):
        asked, known = (", ".join(lab.topology for lab in each) for each in (labs, baseline.labs))
        message = f"this baseline has no figures of {asked}, only of {known or 'no lab'} (save a baseline of {asked})"
        raise InputError([Problem(place=str(path), message=message)])
    problems = [problem for lab in labs if lab.topology in kept for problem in _differing(path, kept[lab.topology], lab)]
    if problems:
        raise InputError(problems)
    return baseline


def _differing(path: Path, then: LabProfile, now: LabProfile) -> Iterator[Problem]:
    """A problem for each option of a lab that was different in the baseline.

    Such figures cannot be compared: an outage of 30 s with a longer hold time is not a regression from one of 3 s.
    """
    for option, before, here in (("timers", then.timers, now.timers), ("ipsec", then.ipsec, now.ipsec)):
        if before != here:
            way_out = f"give --{option} {before}, or save a baseline with {here}"
            message = f"this baseline has {option} {before}, but this run has {option} {here} ({way_out})"
            yield Problem(place=f"{path}: {now.topology}", message=message)
