"""The rules for Prometheus: those that we ship, and the files that a topology names in `monitoring`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lab.intent.document.finding import Finding
from lab.intent.document.shape import Shaped
from lab.model.monitoring import Monitoring
from lab.program import IMAGES

WATCHDOG = "Watchdog"
"""The test alarm. It always rings, so nobody can promise it."""

_KEY = ("monitoring",)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRules:
    """The section `monitoring` of a topology. None: there is no such section. `findings`: its mistakes."""

    monitoring: Monitoring | None
    findings: tuple[Finding, ...] = ()


def read_monitoring(shaped: Shaped, topology: Path) -> OwnRules:
    """The section of a topology's file. Paths of rule files begin at the folder of that file."""
    if not isinstance(shaped.at(_KEY), dict):
        return OwnRules(monitoring=None)
    written = shaped.at((*_KEY, "rules"))
    named = [(number, name) for number, name in enumerate(written) if isinstance(name, str)] if isinstance(written, list) else []
    paths = [(number, name, topology.resolve().parent / name) for number, name in named]
    read = [(number, path, _read(name, path, topology.name)) for number, name, path in paths]
    findings = tuple(Finding(where=(*_KEY, "rules", number), message=told) for number, _, told in read if isinstance(told, str))
    files = [path for _, path, _ in read if path.is_file()]
    alarms = tuple(alarm for _, _, told in read if not isinstance(told, str) for alarm in _alarms_in(told))
    return OwnRules(monitoring=Monitoring(rules=tuple(map(str, files)), alarms=alarms), findings=findings)


def _read(name: str, path: Path, topology: str) -> list[object] | str:
    """The groups of a rule file, or what is wrong with it. What is wrong in its rules, promtool says later, and better."""
    if not path.is_file():
        return f"there is no file {name!r} beside {topology} (write its path from there)"
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return f"{name}:{line}: {error.problem} (write YAML)"
    except (OSError, ValueError, yaml.YAMLError):
        return f"{name} cannot be read as text (write YAML in UTF-8)"
    return _list(told, "groups") or f"{name} has no groups of rules (write groups:, and rules: in each)"


@cache
def shipped_rules() -> tuple[str, ...]:
    """The names of all alarms in the shipped rule files, in order."""
    files = sorted((IMAGES / "monitor" / "rules").glob("*.yml"))
    texts = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)
    return tuple(alarm for text in texts for alarm in _alarms_in(_list(text, "groups")) if alarm != WATCHDOG)


def _alarms_in(groups: Sequence[object]) -> Iterator[str]:
    """The names of the alarms in the groups of a rule file."""
    for group in groups:
        for rule in _list(group, "rules"):
            if isinstance(rule, dict) and isinstance(rule.get("alert"), str):
                yield rule["alert"]


def _list(told: object, key: str) -> list[object]:
    found = told.get(key) if isinstance(told, dict) else None
    return found if isinstance(found, list) else []
