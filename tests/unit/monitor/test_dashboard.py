"""The dashboard for Grafana asks only for metrics that exist, and every family of flows and states is on it."""

import json
import re
from typing import Any

from lab.views.metrics import exposition
from tests.shipped import ROOT
from tests.unit.monitor.test_shipped_rules import METRIC, labels_of
from tests.unit.views.metrics.test_metrics import SNAPSHOT

BOARD: dict[str, Any] = json.loads((ROOT / "docs" / "monitoring" / "grafana.json").read_text(encoding="utf-8"))
ASKED = {name for panel in BOARD["panels"] for target in panel["targets"] for name in METRIC.findall(target["expr"])}


def test_every_panel_asks_for_metrics_that_exist() -> None:
    shown = set(re.findall(r"^# TYPE (\S+)", exposition(SNAPSHOT).decode(), re.MULTILINE))
    assert len(ASKED) > 10
    assert sorted(ASKED - shown) == []


def test_the_states_and_the_flows_are_on_it() -> None:
    assert {"aws_dx_connection_state", "aws_vpn_tunnel_state", "site_bgp_session_state", "flow_probes_lost_total"} <= ASKED


def test_panels_have_numbers_of_their_own_and_no_place_twice() -> None:
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in BOARD["panels"]}) == len(BOARD["panels"])


def test_it_names_no_data_source_of_ours() -> None:
    assert {panel["datasource"]["uid"] for panel in BOARD["panels"]} == {"${datasource}"}


def test_every_legend_names_only_labels_that_its_metrics_have() -> None:
    targets = [target for panel in BOARD["panels"] for target in panel["targets"] if not target["expr"].startswith("ALERTS")]
    for target in targets:
        named = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
        assert named, target["expr"]
        assert sorted(named - labels_of(target["expr"])) == [], target["expr"]
