"""A sweep in words: how many sets were run, and for which other sets each one stands."""

from collections.abc import Iterator, Sequence

from lab.model.outcome import Verdict
from lab.model.prediction import SetPrediction
from lab.views.counted import counted

_SHOWN = 3


def standing_words(sets: Sequence[SetPrediction]) -> str:
    """The sets of the same class that were not run. The first few with their names."""
    shown = sets if len(sets) == _SHOWN + 1 else sets[:_SHOWN]
    rest = len(sets) - len(shown)
    more = f" and {rest} others" if rest else ""
    return f"stands for {counted(len(sets), 'more set')}: {', '.join(each.name for each in shown)}{more}"


def proven_words(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """How many sets were run, and for how many others they stand. Nothing if every set was run."""
    standing = sum(len(each.stands_for) for each in verdicts)
    if standing:
        yield f"{counted(sum(each.is_swept for each in verdicts), 'set')} run, standing for {standing} more"
