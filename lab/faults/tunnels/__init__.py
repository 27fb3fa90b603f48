"""Inject faults of VPN tunnels."""

from contextlib import ExitStack
from typing import assert_never

from lab.faults.tunnels.endpoint_replacement import Replaceable, endpoint_replacement
from lab.faults.tunnels.ike_delete import ike_delete
from lab.faults.tunnels.rekey_failure import rekey_failure
from lab.faults.tunnels.tunnel_down import tunnel_down
from lab.faults.tunnels.wrong_key import wrong_key
from lab.model.fault import EndpointReplacement, IkeDelete, RekeyFailure, TunnelDown, TunnelFault, WrongKey


def break_tunnels(fault: TunnelFault, lab: Replaceable, undo: ExitStack) -> None:
    """Inject a fault of VPN tunnels. `undo` collects the calls that undo it."""
    match fault:
        case TunnelDown():
            tunnel_down(fault, lab, undo)
        case IkeDelete():
            ike_delete(fault, lab, undo)
        case RekeyFailure():
            rekey_failure(fault, lab, undo)
        case WrongKey():
            wrong_key(fault, lab, undo)
        case EndpointReplacement():
            endpoint_replacement(fault, lab, undo)
        case _:
            assert_never(fault)
