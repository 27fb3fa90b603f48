"""Numbers with their nouns."""

import pytest

from lab.views.counted import counted, counted_checks


@pytest.mark.parametrize(
    ("number", "thing", "words"), [(0, "check", "0 checks"), (1, "check", "1 check"), (2, "topology", "2 topologies"), (1, "set", "1 set")]
)
def test_a_noun_is_singular_or_plural(number: int, thing: str, words: str) -> None:
    assert counted(number, thing) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "0 checks"),
        (["control"], "the control run"),
        (["control", "a", "b"], "2 checks and the control run"),
        (["control", "a", "control", "b", "c"], "3 checks and 2 control runs"),
        (["a"], "1 check"),
    ],
)
def test_a_control_run_is_no_check(names: list[str], words: str) -> None:
    assert counted_checks(names) == words
