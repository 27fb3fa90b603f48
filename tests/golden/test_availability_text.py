"""How often the flows of shipped networks are up, as text. RECORD=1 makes the texts again."""

import json
import os
from pathlib import Path

import pytest

from lab.api.availability import availabilities
from lab.compiler import outline_topology
from lab.intent import read_topology
from lab.model.plan import Ipsec, Timers
from lab.predict import Predictor
from lab.predict.availability import availability
from lab.views.predict.availability_json import availabilities_json
from lab.views.predict.availability_text import availabilities_text, minutes

RECORDED = Path(__file__).parent / "availability"
NAMES = ("active-active-vpn-tgw", "hybrid-backup", "maximum-resiliency")


def test_every_recorded_text_belongs_to_a_network() -> None:
    assert [path.stem for path in sorted(RECORDED.glob("*.txt"))] == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_network_is_the_recorded_one_and_fits_a_terminal(name: str) -> None:
    found = availabilities((name,), Timers.TUNED)
    path = RECORDED / f"{name}.txt"
    if os.environ.get("RECORD") == "1":
        path.write_text(availabilities_text(found, 80), encoding="utf-8")
    assert availabilities_text(found, 80) == path.read_text(encoding="utf-8")
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 80


def test_the_json_has_what_other_programs_rely_on() -> None:
    said = json.loads(availabilities_json(availabilities(("hybrid-backup",), Timers.TUNED), 0.1))
    assert (said["schema"], said["topology"], said["exact"], said["seconds"]) == (1, "hybrid-backup", True, 0.1)
    flow = next(each for each in said["availability"] if each["flow"] == "dc1-app")
    assert (flow["most_failures"], flow["unknown_minutes_a_year"]) == (None, 0)
    assert 0.99987 < flow["probability"] < 0.99989
    assert flow["minutes_a_year"] == pytest.approx((1 - flow["probability"]) * 525_600, rel=1e-9), "no digit of a probability is lost"
    assert flow["dominated_by"][0] == {"failed": ["vgw"], "minutes_a_year": pytest.approx(52.56)}
    assert {"component", "what", "minutes_a_year", "failover_minutes_a_year"} == set(flow["contributions"][0])
    both = json.loads(availabilities_json(availabilities(("sitelink", "redundant-dx"), Timers.TUNED), 0.1))
    assert [each["topology"] for each in both["topologies"]] == ["sitelink", "redundant-dx"]


def test_minutes_have_the_digits_that_count() -> None:
    assert [minutes(each) for each in (1576.8, 52.56, 4.73, 0.0557, 0.0001, 0)] == ["1577", "52.6", "4.7", "0.056", "<0.001", "0"]


def test_a_flow_that_is_broken_as_drawn_is_never_up() -> None:
    path = RECORDED.parent / "audit" / "FL105.yaml"
    found = availabilities((str(path),), Timers.TUNED)
    broken = next(each for each in found[0].flows if each.probability == 0)
    assert (broken.minutes_a_year, broken.failover_minutes, broken.contributions, broken.dominated_by) == (525_600, (0, 0), (), ())
    assert f"{broken.flow} is cut off even if nothing has failed\n" in availabilities_text(found)
    plan = outline_topology(read_topology(path), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    rough = next(each for each in availability(Predictor(plan), (), most_nodes=1).flows if each.flow == broken.flow)
    assert rough.minutes_a_year > 500_000
