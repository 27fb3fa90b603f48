"""Keys as routers, AWS and Terraform call them, and what a file calls them here."""

from collections.abc import Collection

_HERE = {
    "advertise": "announce",
    "advertised_prefixes": "announce",
    "bgp_asn": "asn",
    "cidr": "prefixes",
    "dpd_timeout_action": "dpd_action",
    "dpd_timeout_seconds": "dpd_timeout",
    "hold_time": "timers",
    "holdtime": "timers",
    "jumbo": "mtu",
    "jumbo_frames": "mtu",
    "local_pref": "prefer",
    "localpref": "prefer",
    "phase1_lifetime_seconds": "phase1_lifetime",
    "phase2_lifetime_seconds": "phase2_lifetime",
    "prepend": "as_path_prepend",
    "speed": "bandwidth",
    "weight": "prefer",
}


def our_key(key: str, known: Collection[str]) -> str | None:
    """The known key for what an unknown key is called elsewhere. Its value may have another form there. None if there is none."""
    ours = _HERE.get(key.lower())
    return ours if ours in known else None
