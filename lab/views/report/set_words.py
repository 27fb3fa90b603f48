"""A sweep in words: how many sets of components failed in the lab, and for how many other sets they stand."""

from collections.abc import Iterator, Sequence

from lab.model.outcome import Verdict
from lab.model.prediction import SetPrediction
from lab.views.counted import counted

_SHOWN = 3


def standing_words(sets: Sequence[SetPrediction]) -> str:
    """The sets that were not run because a set of the same class was. The first few have their names."""
    shown = sets if len(sets) == _SHOWN + 1 else sets[:_SHOWN]
    rest = len(sets) - len(shown)
    more = f" and {rest} others" if rest else ""
    return f"stands for {counted(len(sets), 'more set')}: {', '.join(each.name for each in shown)}{more}"


def proven_words(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """How many sets of components failed in the lab, and for how many other sets they stand. Nothing if every set was run."""
    standing = sum(len(each.stands_for) for each in verdicts)
    if standing:
        yield f"{counted(sum(each.is_swept for each in verdicts), 'set')} run, standing for {standing} more"
