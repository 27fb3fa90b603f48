"""Endpoint replacement: AWS's maintenance of one tunnel, the other one of the connection being told first (V23 endpoint-replacements)."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NOTICE_SECONDS, EndpointReplacement
from lab.runtime.capabilities import ProcessControl, RouterControl, TunnelControl


class Replaceable(ProcessControl, TunnelControl, RouterControl, Protocol):
    """What replacing an endpoint takes."""


def endpoint_replacement(fault: EndpointReplacement, lab: Replaceable, undo: ExitStack) -> None:
    """Show the lower MED, wait until the customer's routes have moved, and take IKE and BGP away without a word.

    The new endpoint has the old one's address outside and waits for the customer to start (StartupAction `add`); then the MED is as before.
    """
    charon = f"charon:{fault.tunnel}"
    lab.require_alive(fault.endpoint)
    if fault.other:
        undo.callback(lab.restore_router, fault.other)
        lab.change_router(fault.other)
        lab.wait_until_avoided(fault.customer, lab.plan.tunnel(fault.tunnel).aws.inside.ip, NOTICE_SECONDS)
    # IKE first, and its device with it: a BGP daemon that ends tells its neighbors, as long as it can
    for daemon in (charon, "bgpd"):
        undo.callback(lab.start_daemon, fault.endpoint, daemon)
        lab.kill_daemon(fault.endpoint, daemon)
