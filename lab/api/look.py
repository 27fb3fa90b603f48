"""Capture the packets of a link."""

from collections.abc import Callable
from pathlib import Path

from lab.api.running import opened
from lab.errors import InputError, Problem
from lab.intent import way_out
from lab.probes.capture import capture_link


def capture(lab: str | None, link: str, file: Path | None, tell: Callable[[str], None]) -> int:
    """Capture the packets of a link until Ctrl-C. Write them to a pcap file, or show them as lines of text. Return how many there were."""
    with opened(lab) as running:
        names = [each.name for each in running.plan.links]
        if link not in names:
            message = f"{running.plan.lab} has no link '{link}' {way_out(link, names)}"
            raise InputError([Problem(place="link", message=message)])
        return capture_link(running, running.plan.link(link), file, tell)
