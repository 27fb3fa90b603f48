"""Fit: the note about probes that were too long for a link."""

from dataclasses import replace

import pytest

from lab.analysis.fit import misfits
from lab.analysis.verdict import judge
from lab.model.event import FlowRecorded, TooLong
from lab.model.outcome import Status
from tests.shipped import shipped_plan
from tests.unit.analysis.samples import AFTER, DURING, check, lost, recorded, run

PLAN = shipped_plan()
FULL = replace(check(), probe_size=1480)
GATEWAY, ENDPOINT = TooLong(node="dc1-gw1", mtu=1438), TooLong(node="vpn1-1", mtu=1438)
SENTENCE = "dc1-app →: 1480 octets do not fit tunnel vpn1-1 or vpn1-2 at dc1-gw1 (MTU 1438)"


def _refused(*told: TooLong, flow: FlowRecorded | None = None) -> FlowRecorded:
    return replace(flow or recorded(), too_long=told)


def test_probes_that_fit_everywhere_need_no_word() -> None:
    assert misfits(FULL, PLAN, [_refused()]) == ()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (GATEWAY, SENTENCE),
        (ENDPOINT, "dc1-app →: 1480 octets do not fit tunnel vpn1-1 at vpn1-1 (MTU 1438)"),
        (TooLong(node="dc1-gw1", mtu=1400), "dc1-app →: 1480 octets do not fit the next link at dc1-gw1 (MTU 1400)"),
        (TooLong(node="192.0.2.1", mtu=576), "dc1-app →: 1480 octets do not fit the next link at 192.0.2.1 (MTU 576)"),
    ],
)
def test_a_sentence_names_the_tunnel_if_one_there_has_that_mtu(told: TooLong, sentence: str) -> None:
    assert misfits(FULL, PLAN, [_refused(told)]) == (sentence,)


def test_flows_that_do_not_fit_at_one_hop_share_its_sentence() -> None:
    back = _refused(ENDPOINT, flow=recorded(direction="reverse"))
    other = _refused(GATEWAY, flow=recorded(flow="dc1-dc2"))
    assert misfits(FULL, PLAN, [_refused(GATEWAY), back, other]) == (
        "dc1-app →, dc1-dc2 →: 1480 octets do not fit tunnel vpn1-1 or vpn1-2 at dc1-gw1 (MTU 1438)",
        "dc1-app ←: 1480 octets do not fit tunnel vpn1-1 at vpn1-1 (MTU 1438)",
    )


@pytest.mark.parametrize(
    ("flow", "error", "status"),
    [
        (recorded(), None, Status.PASS),
        (recorded(lost(AFTER, 900)), None, Status.FAIL),
        (recorded(lost(DURING, 10)), "the sender died", Status.ERROR),
    ],
)
def test_every_judgement_has_its_notes(flow: FlowRecorded, error: str | None, status: Status) -> None:
    judged = judge(FULL, PLAN, run(_refused(GATEWAY, flow=flow), error=error))
    assert (judged.status, judged.notes) == (status, (SENTENCE,))
