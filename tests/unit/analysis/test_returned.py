"""Returned: a check waits until each flow is on the path where it should be in the end."""

from lab.analysis.kept import has_returned
from lab.model.check import Check, Expectation, Promise, Step, When
from lab.model.fault import Flap, LinkDown
from tests.shipped import shipped_plan
from tests.unit.analysis.samples import DIRECT, ROUND

FLAP = Step(kind="flap", target="dci", fault=Flap(links=("dci",), count=2), at=5.0, duration=20.0)
"""Down from 5 to 10 s and from 15 to 20 s."""


def _cut(at: float, duration: float, name: str) -> Step:
    return Step(kind="link-down", target="isp-a--internet", fault=LinkDown(links=("isp-a--internet",)), at=at, duration=duration, name=name)


def _is_back(steps: tuple[Step, ...], **promises: tuple[str, ...]) -> bool:
    """Whether a flow on the longer path is where it should be, with a promise for the end of each step."""
    expectations = tuple(
        Expectation(flow="dc1-app", when=When(step=step, turn="ends"), then=Promise(via=via)) for step, via in promises.items()
    )
    check = Check(name="x", summary="Where it ends.", steps=steps, expectations=expectations)
    return has_returned(check, shipped_plan(), ("dc1-app", "forward"), (DIRECT, ROUND))


def test_what_ends_last_is_told_by_when_a_flap_is_up_for_good() -> None:
    steps = (FLAP, _cut(6.0, 16.0, "cut"))
    assert not _is_back(steps, dci=("dci", "vpn1"))
    assert _is_back(steps, cut=("vpn3",))


def test_steps_that_end_at_one_instant_on_paper_end_together() -> None:
    steps = (_cut(1.1, 2.2, "one"), _cut(1.3, 2.0, "other"))
    assert _is_back(steps, other=("vpn3",))


def test_a_flow_is_back_when_it_keeps_every_promise_for_the_end() -> None:
    steps = (_cut(5.0, 5.0, "one"), _cut(5.0, 5.0, "other"))
    assert _is_back(steps, one=("vpn3",), other=("dci",))
    assert not _is_back(steps, one=("vpn3",), other=("vpn1",))
