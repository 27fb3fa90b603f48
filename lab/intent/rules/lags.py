"""Rules for LAGs (D26 lags)."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where

_FAST = 100_000_000_000
_MOST_FAST = 2
"""A LAG of ports of this many bits per second, or more, has at most this many members."""


def possible(draft: Draft) -> Iterator[Finding]:
    """Rule: a LAG needs no more members than it has, and has at most two members of 100 Gb/s."""
    for connection in draft.topology.connections:
        lag = connection.lag
        if lag is None:
            continue
        if lag.minimum_links > lag.members:
            message = f"{connection.name} needs {lag.minimum_links} links but has {lag.members}, so it can never be up"
            yield Finding(where=(*where(connection), "lag", "minimum_links"), message=f"{message} (write at most {lag.members})")
        if lag.members > _MOST_FAST and (connection.bandwidth or 0) >= _FAST * lag.members:
            message = f"AWS has at most {_MOST_FAST} members of 100 Gb/s or more in a LAG, found {lag.members}"
            way_out = f"write members: {_MOST_FAST}, or less bandwidth: it is that of all members together"
            yield Finding(where=(*where(connection), "lag", "members"), message=f"{message} ({way_out})")
