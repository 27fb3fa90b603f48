"""How long faults have to last, in a check as by hand."""

from lab.model.fault import NOTICE_SECONDS, EndpointReplacement, Fault, Flap


def too_short(fault: Fault, seconds: float) -> str | None:
    """Why a fault cannot be carried out in so little time, with the way out; None where it can."""
    match fault:
        case Flap() if seconds < fault.shortest_seconds:
            return f"{fault.count} times down and up take at least {fault.shortest_seconds:g}s (let it last longer, or count fewer)"
        case EndpointReplacement() if seconds < fault.shortest_seconds:
            notice = f"AWS gives the customer's routes up to {NOTICE_SECONDS:g}s to leave before the endpoint goes"
            return f"{notice} (let it last at least {fault.shortest_seconds:g}s)"
        case _:
            return None
