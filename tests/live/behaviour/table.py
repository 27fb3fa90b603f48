"""The table of behaviours: what AWS does, the source, and how a running lab shows it. The README in this folder is made from it."""

from types import ModuleType

from tests.live.behaviour import (
    announcements,
    bfd,
    cannot,
    families,
    gateways,
    ike,
    inside,
    lags,
    options,
    preference,
    private_vpn,
    restart,
    route_tables,
    sessions,
    sitelink,
    transit,
    vpn,
)
from tests.live.behaviour.row import Row

MODULES: tuple[ModuleType, ...] = (
    sessions,
    bfd,
    restart,
    ike,
    options,
    vpn,
    preference,
    announcements,
    gateways,
    transit,
    route_tables,
    private_vpn,
    sitelink,
    lags,
    families,
    inside,
    cannot,
)
"""The subjects, in the order of the README."""


def rows_of(module: ModuleType) -> tuple[Row, ...]:
    """The rows of a subject, in the order of its file."""
    return tuple(row for each in vars(module).values() for row in (each if isinstance(each, tuple) else (each,)) if isinstance(row, Row))


ROWS: tuple[Row, ...] = tuple(row for module in MODULES for row in rows_of(module))

FAITHFUL = (
    "VPN BGP 10/30, DX 30/90 with lower-wins negotiation",
    "DX min hold 3, 0 refused",
    "Reconnect pace",
    "No BFD on VPN",
    "BFD 300×3 async, passive until customer speaks",
    "MD5 always on",
    "TTL 1 / no multihop",
    "Prefix limit → Idle until cleared",
    "LP communities",
    "AS_PATH, MED, ECMP on DX",
    "TGW ECMP",
    "VGW single egress",
    "MED rules",
    "MED to CGW",
    "Class preference VGW/TGW",
    "DXGW non-transit",
    "Allowed prefixes",
    "SiteLink loop behaviour",
    "CloudHub",
    "IKE options, PSK rules, lifetimes, DH lists, `add`/`start`, DPD action",
    "DPD 10 s ×3",
    "Inside /30, AWS first address",
    "Failover test / FIS",
    "Metrics",
)
"""Behaviours that the facts about AWS call faithfully emulated (10.1). Each needs a row, at least one that says why the lab lacks it."""
