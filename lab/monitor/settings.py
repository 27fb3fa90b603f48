"""The settings of Prometheus and Alertmanager, as text. JSON is YAML, too."""

import json
from collections.abc import Sequence
from typing import Any

from lab.monitor.station import ALARMS, SCRAPE_SECONDS

PROMETHEUS_PORT, ALERTMANAGER_PORT, STATION_PORT = 9090, 9093, 9100
LOOPBACK = "127.0.0.1"
FOLDER = "/monitor"
"""The folder of the settings inside the container."""

INTERVAL_SECONDS = 1
"""Prometheus reads the metrics once in this time, and then evaluates its rules."""

WATCHDOG = "Watchdog"
"""The alarm that always fires. Alertmanager repeats it, so its absence shows that the chain from scrape to webhook is broken."""

WATCHDOG_SECONDS = 5
_HERE = f"{LOOPBACK}:{STATION_PORT}"


def prometheus(lab: str, rules: Sequence[str]) -> str:
    """prometheus.yml: one target, our exporter. `rules` are names of files in the folder."""
    every = f"{INTERVAL_SECONDS}s"
    return _text(
        {
            "global": {
                "scrape_interval": every,
                "scrape_timeout": f"{SCRAPE_SECONDS:g}s",
                "evaluation_interval": every,
                "external_labels": {"monitor": lab},
            },
            "rule_files": [f"{FOLDER}/{name}" for name in rules],
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"{LOOPBACK}:{ALERTMANAGER_PORT}"]}]}]},
            "scrape_configs": [{"job_name": "lab", "static_configs": [{"targets": [_HERE]}]}],
        }
    )


def alertmanager() -> str:
    """alertmanager.yml: tell our webhook of each alarm at once, and of its end."""
    return _text(
        {
            "route": {
                "receiver": "lab",
                "group_by": ["..."],
                "group_wait": "0s",
                "group_interval": "1s",
                "repeat_interval": "1h",
                "routes": [
                    {
                        "matchers": [f'alertname="{WATCHDOG}"'],
                        "receiver": "lab",
                        "group_interval": f"{WATCHDOG_SECONDS}s",
                        "repeat_interval": f"{WATCHDOG_SECONDS}s",
                    }
                ],
            },
            "receivers": [{"name": "lab", "webhook_configs": [{"url": f"http://{_HERE}{ALARMS}", "send_resolved": True}]}],
        }
    )


def _text(settings: dict[str, Any]) -> str:
    return json.dumps(settings, indent=2) + "\n"
