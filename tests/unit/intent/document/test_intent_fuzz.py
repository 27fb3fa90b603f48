"""Changed copies of good files: each gives an object, or an InputError whose problems all have a line and a message."""

import random
from collections.abc import Callable

import pytest

from lab.errors import InputError
from lab.intent import read_check, read_topology
from lab.model.check import Check
from lab.model.plan import Timers
from lab.model.topology import Topology
from tests.unit.intent.check.test_intent_check import TEXT
from tests.unit.intent.networks import NETWORKS
from tests.unit.intent.samples import small_plan

SCRAPS = [
    *(
        "5",
        "-1",
        "null",
        "~",
        "[]",
        "{}",
        "[[]]",
        "{a: b}",
        "''",
        '"\\ud800"',
        '"\\0"',
        "&a",
        "*a",
        "!!int",
        "!!python/name:os",
        "<<",
        "? ",
        ": ",
    ),
    *(
        "\t",
        "\n",
        "---\n",
        "...\n",
        "%",
        "@",
        "`",
        "|",
        ">",
        "#",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        ",",
        "\x07",
        "é",
        "\u2028",
        "0x_",
        "1_",
        ".nan",
    ),
    *(
        "0.0.0.0/0",
        "10.1.0.0/99",
        "::/0",
        "169.254.10.0/30",
        "true",
        "yes",
        "2026-01-01",
        "1:2:3",
        "9" * 400,
        "dc1",
        "app",
        "vgw",
        "5s",
        "[key]",
    ),
]


def _mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 3)):
        words = text.split(" ")
        at, other = dice.randrange(len(words)), dice.randrange(len(words))
        match dice.randrange(6):
            case 0:
                words[at] = dice.choice(SCRAPS)
            case 1:
                words.insert(at, dice.choice(SCRAPS))
            case 2:
                del words[at]
            case 3:
                words[at], words[other] = words[other], words[at]
            case 4:
                words[at] = words[other]
            case _:
                cut = dice.randrange(len(words[at]) + 1)
                words[at] = words[at][:cut] + dice.choice(SCRAPS) + words[at][cut:]
        text = " ".join(words)
    return text


def _read(read: Callable[[], object]) -> object:
    """The object, or the text of the InputError. None if a problem has no line or no message."""
    try:
        return read()
    except InputError as error:
        told = error.problems
    if not told or not all(problem.place.rpartition(":")[2].isdigit() and problem.message for problem in told):
        return None
    return "\n".join(str(problem) for problem in told).encode()


@pytest.mark.parametrize("seed", range(10))
def test_a_mutated_topology_is_a_topology_or_an_input_error(shipped, written, seed):
    dice = random.Random(seed)  # noqa: S311 - a test must be the same every time
    for _ in range(20):
        path = written(_mutated(shipped, dice))
        assert isinstance(_read(lambda path=path: read_topology(path)), Topology | bytes)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_mutated_network_of_circuits_is_a_topology_or_an_input_error(written, name):
    dice = random.Random(name)  # noqa: S311 - a test must be the same every time
    for _ in range(30):
        path = written(_mutated(NETWORKS[name], dice))
        assert isinstance(_read(lambda path=path: read_topology(path)), Topology | bytes)


@pytest.mark.parametrize("seed", range(5))
def test_a_mutated_check_is_a_check_or_an_input_error(written, seed):
    dice = random.Random(seed)  # noqa: S311 - a test must be the same every time
    for _ in range(20):
        path = written(_mutated(TEXT, dice))
        assert isinstance(_read(lambda path=path: read_check(path, small_plan(), Timers.TUNED)), Check | bytes)
