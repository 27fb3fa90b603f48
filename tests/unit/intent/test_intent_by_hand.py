"""Parameters on a command line follow the same rules as in a check."""

import pytest

from lab.errors import InputError
from lab.intent import EXAMPLES, read_parameters
from lab.intent.faults.parameters import Parameters

EVERY = Parameters(way="a-to-b", side="customer", count=5, loss=0.05, mtu=1400, rate=10_000_000, delay=0.02, jitter=0.005)


def test_every_parameter_can_be_said_as_its_example_says():
    assert read_parameters([f"{name}={example}" for name, example in EXAMPLES.items()]) == EVERY
    assert set(EVERY.said()) == set(EXAMPLES)


def test_nothing_said_is_nothing():
    assert read_parameters([]) == Parameters()


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("loss", "--with: expected NAME=VALUE, found 'loss' (for instance way=a-to-b, side=customer, count=5"),
        ("los=5%", "--with los: unknown key (did you mean 'loss'?; known: way, side, count, loss, mtu, rate, delay, jitter)"),
        ("loss=5", "--with loss: 5 has no unit (write 5%)"),
        ("loss=0.05", "--with loss: 0.05 has no unit (write 5% if you mean the fraction 0.05, else 0.05%)"),
        ("loss=0.125", "--with loss: 0.125 has no unit (write 12.5% if you mean the fraction 0.125, else 0.125%)"),
        ("loss=0", "--with loss: expected more than 0% and less than 100%, found 0 (to lose everything use silent-loss)"),
        ("loss=100", "--with loss: expected more than 0% and less than 100%, found 100 (to lose everything use silent-loss)"),
        ("loss=", "--with loss: expected a value, found nothing (write a value, or remove the key)"),
        ("loss=0%", "--with loss: expected more than 0% and less than 100%, found 0% (to lose everything use silent-loss)"),
        ("loss=100%", "--with loss: expected more than 0% and less than 100%, found 100% (to lose everything use silent-loss)"),
        ("loss=much", "--with loss: expected a percentage such as 5%, found 'much'"),
        ("rate=10", "--with rate: 10 has no unit (write 10mbit, or 10kbit)"),
        ("rate=1bit", "--with rate: expected 8kbit to 10gbit, found 1bit"),
        ("rate=fast", "--with rate: expected a rate such as 10mbit or 500kbit, found 'fast'"),
        (
            "mtu=9001",
            "--with mtu: expected a whole number from 100 to 9000, found 9001 (links carry packets of up to 1500 octets, "
            "with jumbo frames 9001)",
        ),
        ("count=many", "--with count: expected a whole number from 1 to 100, found 'many' (for more, add steps)"),
        ("way=a-to-c", "--with way: expected 'both', 'a-to-b' or 'b-to-a', found 'a-to-c' (did you mean 'a-to-b'?)"),
        ("delay=20", "--with delay: 20 has no unit (write 20s, or 20ms)"),
        ("delay=[1", "--with delay: expected a duration such as 300ms, 1.5s, 2m or 8h, found '[1'"),
        ("delay={a: b}", "--with delay: expected a duration such as 300ms, 1.5s, 2m or 8h, found a mapping"),
    ],
)
def test_a_wrong_word_is_told_at_its_place(word, message):
    with pytest.raises(InputError) as caught:
        read_parameters([word])
    assert str(caught.value).startswith(message)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        read_parameters(["loss=5", "mtu=1", "mtu=2", "nothing"])
    assert [problem.place for problem in caught.value.problems] == ["--with mtu", "--with", "--with loss", "--with mtu"]
