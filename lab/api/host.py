"""The host: what it offers and lacks."""

from lab.model.status import Finding
from lab.runtime.host.facts import inspect_host


def doctor() -> tuple[Finding, ...]:
    """Everything a lab may need of this host; asking changes nothing."""
    return inspect_host()
