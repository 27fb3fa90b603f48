"""The shipped rules are right by promtool's own tests, each is tested, and each asks for metrics that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from lab.monitor.running import RULES
from lab.monitor.settings import WATCHDOG
from lab.views.metrics import exposition
from tests.unit.views.metrics.test_metrics import SNAPSHOT

FILES = sorted(RULES.glob("*.yml"))
TESTS = sorted((Path(__file__).parent / "rules").glob("*.test.yml"))
PROMTOOL = shutil.which("promtool")
NEEDS_PROMTOOL = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not here. Debian's package prometheus has it")
RULE_LIST = [rule for file in FILES for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]
METRIC = re.compile(r"\b(?:aws|flow|site|lab)_[a-z_0-9]+")


def labels_of(expression: str) -> set[str]:
    """The labels of all metrics in an expression of PromQL."""
    asked = METRIC.findall(expression)
    families = list(text_string_to_metric_families(exposition(SNAPSHOT).decode()))
    return {label for family in families for sample in family.samples if sample.name in asked for label in sample.labels}


@NEEDS_PROMTOOL
def test_promtool_accepts_every_rule() -> None:
    told = subprocess.run([str(PROMTOOL), "check", "rules", *map(str, FILES)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@NEEDS_PROMTOOL
@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_rules_fire_when_they_should(file: Path) -> None:
    told = subprocess.run([str(PROMTOOL), "test", "rules", file.name], cwd=file.parent, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_rule_has_a_test_in_which_it_fires() -> None:
    fired = {
        case["alertname"]
        for file in TESTS
        for test in yaml.safe_load(file.read_text())["tests"]
        for case in test["alert_rule_test"]
        if case["exp_alerts"]
    }
    assert [rule["alert"] for rule in RULE_LIST if rule["alert"] not in fired] == []


def test_every_rule_asks_for_metrics_that_exist() -> None:
    shown = set(re.findall(r"^# TYPE (\S+)", exposition(SNAPSHOT).decode(), re.MULTILINE))
    asked = {name for rule in RULE_LIST for name in METRIC.findall(re.sub(r"by \([^)]*\)|on \([^)]*\)", "", rule["expr"]))}
    assert len(asked) > 10
    assert sorted(asked - shown) == []


def test_every_rule_names_only_labels_that_its_metrics_have() -> None:
    for rule in RULE_LIST:
        named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        named |= {name for group in re.findall(r"(?:by|on) \(([^)]*)\)", rule["expr"]) for name in group.split(", ") if name}
        assert sorted(named - labels_of(rule["expr"])) == [], rule["alert"]


def test_rules_have_unique_names_a_severity_and_a_summary() -> None:
    names = [rule["alert"] for rule in RULE_LIST]
    assert len(names) == len(set(names))
    assert [rule["alert"] for rule in RULE_LIST if rule["alert"] != WATCHDOG and rule["labels"]["severity"] not in {"page", "ticket"}] == []
    assert all(rule["annotations"]["summary"] for rule in RULE_LIST)
