"""Convergence in a line of words: who noticed a change first, and what the time until packets passed again was spent on."""

from collections.abc import Iterator

from lab.model.evidence import Convergence


def convergence_words(convergence: Convergence) -> str:
    """The phases that were seen, in RFC 6412's order, in milliseconds; in brackets how much of one FRR waits by itself."""
    return ", ".join(_phases(convergence))


def _phases(convergence: Convergence) -> Iterator[str]:
    if convergence.noticed is None or convergence.detection_seconds is None:
        yield "noticed by nobody"
    else:
        noticed = convergence.noticed
        yield f"noticed by {noticed.node} ({noticed.source}: {noticed.what}) after {_ms(convergence.detection_seconds)}"
    if convergence.control_plane_seconds is not None:
        yield f"control plane {_ms(convergence.control_plane_seconds)}{_share(convergence.frr_control_plane_seconds)}"
    if convergence.fib_seconds is not None:
        yield f"FIB {_ms(convergence.fib_seconds)}{_share(convergence.frr_fib_seconds)}"
    if convergence.data_plane_seconds is not None:
        yield f"data plane {_ms(convergence.data_plane_seconds)}"


def _share(seconds: float) -> str:
    return f" (of which FRR's fixed {_ms(seconds)})" if seconds else ""


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
