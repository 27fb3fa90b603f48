"""The words of findings."""

from lab.predict.audit.design import listed


def test_a_sentence_has_few_names() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "a"]) == "a and b"
    assert listed("abc") == "a, b and c"
    assert listed("abcdefgh") == "a, b, c, d, e, f, g and h"
    assert listed("abcdefghij") == "a, b, c, d, e, f and 4 more"
