"""Suggestions for an unknown word."""

import pytest

from lab.intent import way_out
from lab.spelling import near


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("gw9", ["vgw", "gw1", "gw2"], "gw1"),
        ("gw9", ["vgw", "gw2", "gw1"], "gw2"),
        ("dc1-gw1-isp-a", ["dc1-core--dc1-gw1", "dc1-gw1--isp-a", "dc1-gw1--isp-b", "isp-a--internet"], "dc1-gw1--isp-a"),
        ("VGW", ["gw1", "vgw"], "vgw"),
        ("dcj", ["isp-a", "dci"], "dci"),
        ("explode", ["gw1"], None),
        ("gw1", [], None),
    ],
)
def test_the_most_similar_word_is_meant_and_of_two_the_one_with_the_same_beginning(word: str, known: list[str], meant: str | None) -> None:
    assert near(word, known) == meant


def test_the_way_out_names_it_first() -> None:
    assert way_out("gw9", ["vgw", "gw1"]) == "(did you mean 'gw1'?; known: vgw, gw1)"
