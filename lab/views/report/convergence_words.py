"""Convergence in words: who noticed a change first, and how long each phase took until packets arrived again (RFC 6412)."""

from collections.abc import Iterator

from lab.model.evidence import Convergence


def noticed_words(convergence: Convergence) -> str:
    """The node that noticed the change first, the source that reported that, and the time since the change."""
    noticed = convergence.noticed
    if noticed is None or convergence.detection_seconds is None:
        return "no router noticed it"
    return f"noticed by {noticed.node} ({noticed.source}: {noticed.what}) after {_ms(convergence.detection_seconds)}"


def phases_words(convergence: Convergence) -> str:
    """Each later phase that was measured, with FRR's fixed delay in brackets. "" if none was measured."""
    return ", ".join(_phases(convergence))


def _phases(convergence: Convergence) -> Iterator[str]:
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
