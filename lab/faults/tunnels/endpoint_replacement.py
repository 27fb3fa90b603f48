"""Endpoint replacement: AWS maintains one tunnel after it has moved traffic to the other (V23 endpoint-replacements)."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NOTICE_SECONDS, EndpointReplacement
from lab.runtime.capabilities import ProcessControl, RouterControl, TunnelControl


class Replaceable(ProcessControl, TunnelControl, RouterControl, Protocol):
    """The capabilities that endpoint-replacement needs."""


def endpoint_replacement(fault: EndpointReplacement, lab: Replaceable, undo: ExitStack) -> None:
    """Announce the lower MED, wait until the customer's routes have moved, then kill IKE and BGP without any message to the customer.

    Undoing the fault starts IKE and BGP again with the same outside address. The customer gateway starts the tunnel again, or AWS does
    (StartupAction `start`), or nobody, as the tunnel's options say. Then the MED is restored.
    """
    charon = f"charon:{fault.tunnel}"
    lab.require_alive(fault.endpoint)
    if fault.other:
        undo.callback(lab.restore_router, fault.other)
        lab.change_router(fault.other)
        lab.wait_until_avoided(fault.customer, lab.plan.tunnel(fault.tunnel).aws.inside.ip, NOTICE_SECONDS)
    # charon first: the tunnel device goes with it. Otherwise a dying bgpd would still close its sessions properly.
    for daemon in (charon, "bgpd"):
        undo.callback(lab.start_daemon, fault.endpoint, daemon)
        lab.kill_daemon(fault.endpoint, daemon)
