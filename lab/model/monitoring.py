"""Prometheus beside a lab, as a topology has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """Prometheus beside a lab. `rules`: absolute paths of the user's rule files. `alarms`: the names of the alarms in them."""

    rules: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
