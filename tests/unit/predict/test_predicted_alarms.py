"""Who would notice a predicted failure."""

import json

import pytest

from lab.analysis.alarms import foreseen_notice
from lab.api.predicted_alarms import predicted_alarms
from lab.errors import InputError
from lab.model.noticed import EventNotice
from lab.model.plan import Timers
from lab.predict import Predictor
from lab.predict.recorded import as_recorded
from lab.views.predict.alarms import alarms_json, alarms_text
from tests.shipped import ROOT, TOPOLOGIES, shipped_plan


def noticed(topology: str, *names: str, timers: Timers = Timers.TUNED) -> EventNotice:
    """Who would notice the failure of these components."""
    predictor = Predictor(shipped_plan(topology, timers))
    known = {each.name: each for each in predictor.components}
    return foreseen_notice(predictor.plan, *as_recorded(predictor, [known[name] for name in names]))


@pytest.mark.parametrize(
    ("topology", "failed", "router", "rule", "after"),
    [
        ("hybrid-backup", "dx1", "dc1-r1", "dx1-connection-down", (0, 90.02)),
        ("hybrid-backup", "vpn1", "dc2-r1", "vpn1-any-tunnel-down", (2, 93.1)),  # without IKE SAs, BGP ends by its hold time
        ("hybrid-backup", "dc1-r1--dx1", "dc1-r1", "vif1-bgp-down", (0.6, 90.95)),  # AWS keeps its light, BFD notices
        ("hybrid-backup", "vpn1-1", "dc2-r1", "vpn1-any-tunnel-down", (0, 90)),
        ("hybrid-backup", "dci", "dc1-core", None, None),  # no alarm of AWS is about your own link
        ("hybrid-backup", "vpn1-2--vgw", None, None, None),  # the standby tunnel's way inside AWS
        ("hybrid-backup-tgw", "loc-a-1--tgw", None, None, None),  # the allowed prefixes stay announced
    ],
)
def test_a_failure_is_noticed_by(topology, failed, router, rule, after):
    notice = noticed(topology, failed)
    assert (notice.router.node if notice.router else None) == router
    assert notice.noticed == ("router" if router else "nobody")
    first = notice.rings[0] if notice.rings else None
    assert (first.rule if first else None) == rule
    if first:
        assert first.after == pytest.approx(after, abs=0.001)


def test_with_slower_timers_bgp_s_alarms_are_later():
    tuned, default = (noticed("hybrid-backup", "dx1--loc-a-1", timers=timers).rings for timers in (Timers.TUNED, Timers.DEFAULT))
    assert [ring.rule for ring in tuned] == [ring.rule for ring in default]
    silent = [noticed("hybrid-backup", "isp-a", timers=timers).rings[0].after for timers in (Timers.TUNED, Timers.DEFAULT)]
    assert silent[0][1] < silent[1][1]


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_every_single_failure_of_every_topology_is_judged(name):
    (predicted,) = predicted_alarms([str(ROOT / "topologies" / f"{name}.yaml")], Timers.TUNED, 1, ())
    assert [failed for failed, _ in predicted.sets] == [(each.name,) for each in Predictor(shipped_plan(name)).components]
    assert all(ring.after[0] <= ring.after[1] for _, notice in predicted.sets for ring in notice.rings)


def test_text_and_json_have_the_same_sets():
    path = str(ROOT / "topologies" / "hybrid-backup.yaml")
    predicted = predicted_alarms([path], Timers.TUNED, 1, ("dx1 + vpn1", "vpn1-2--vgw"))
    text = alarms_text(predicted)
    assert text.startswith("hybrid-backup  tuned timers, 2 sets, 1 that nobody would have noticed\n")
    assert "  vpn1-2--vgw  –             nobody would have noticed\n" in text
    told = json.loads(alarms_json(predicted, 0.1))
    assert [(each["failed"], each["noticed"]) for each in told["sets"]] == [(["dx1", "vpn1"], "router"), (["vpn1-2--vgw"], "nobody")]
    assert told["sets"][0]["alarms"][0] == {
        "rule": "dx1-connection-down",
        "source": "cloudwatch",
        "computed": True,
        "after_seconds": [pytest.approx(0, abs=1e-5), pytest.approx(90.02, abs=1e-5)],
    }


def test_an_unknown_component_is_told():
    with pytest.raises(InputError, match="has no component 'dx9'"):
        predicted_alarms([str(ROOT / "topologies" / "hybrid-backup.yaml")], Timers.TUNED, 1, ("dx9",))
