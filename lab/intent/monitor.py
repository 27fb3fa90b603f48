"""The rules for Prometheus that we ship, by name."""

from functools import cache

import yaml

from lab.program import IMAGES

WATCHDOG = "Watchdog"
"""The test alarm. It always rings, so nobody can promise it."""


@cache
def shipped_rules() -> tuple[str, ...]:
    """The names of all alarms in the shipped rule files, in order."""
    files = sorted((IMAGES / "monitor" / "rules").glob("*.yml"))
    groups = [group for file in files for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]]
    return tuple(rule["alert"] for group in groups for rule in group["rules"] if rule["alert"] != WATCHDOG)
