"""The options of a sweep: what they mean, and that they need --sweep."""

import pytest

from lab.api.sweep import DEFAULT_SEED, Sweep
from lab.door.sweeping import sweep_of
from lab.errors import InputError


def test_the_options_say_what_is_swept() -> None:
    assert sweep_of(None, None, None, every=False) is None
    assert sweep_of("1", None, None, every=False) == Sweep(most=1, sample=0, seed=DEFAULT_SEED, every=False)
    assert sweep_of("2", "100", "7", every=True) == Sweep(most=2, sample=100, seed=7, every=True)


def test_every_option_that_needs_a_sweep_is_named() -> None:
    with pytest.raises(InputError) as told:
        sweep_of(None, "3", "7", every=True)
    assert str(told.value).splitlines() == [
        "--sample: this option works only with --sweep N (add --sweep N)",
        "--all: this option works only with --sweep N (add --sweep N)",
        "--seed: this option works only with --sweep N (add --sweep N)",
    ]
