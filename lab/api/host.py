"""What this host has, and what it lacks."""

from lab.model.status import Finding
from lab.runtime.host.facts import inspect_host


def doctor() -> tuple[Finding, ...]:
    """Everything that a lab may need of this host: what is there and what is missing. Changes nothing."""
    return inspect_host()
