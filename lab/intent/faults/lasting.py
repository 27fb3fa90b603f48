"""The shortest possible duration of a fault."""

from lab.model.fault import NOTICE_SECONDS, EndpointReplacement, Fault, Flap


def too_short(fault: Fault, seconds: float) -> str | None:
    """A message: why the duration is too short for the fault, and what to do. None if it is long enough."""
    match fault:
        case Flap() if seconds < fault.shortest_seconds:
            return f"a flap with count {fault.count} needs at least {fault.shortest_seconds:g}s (make the flap longer, or reduce count)"
        case EndpointReplacement() if seconds < fault.shortest_seconds:
            notice = f"AWS first gives the customer's routes up to {NOTICE_SECONDS:g}s to move to the other tunnel"
            return f"{notice} (write {fault.shortest_seconds:g}s or more)"
        case _:
            return None
