"""Flaws of detection: the customer's routers notice a dead path late, or do not believe what they notice."""

from dataclasses import replace

from lab.compiler.flaws.ends import OtherEnd, SlowBfd
from lab.model.flaw import Flaw

_SLOW_KEEPALIVE, _SLOW_HOLD = 60, 180
"""The defaults of many routers, in seconds. AWS proposes a hold time of 30 s on a VPN, and the lower one counts."""

_RESTART_SECONDS = 120
"""AWS's restart time on a virtual interface, in seconds."""

FLAWS = (
    Flaw(
        name="no-bfd",
        summary="The virtual interface has no BFD. Nobody notices a dark circuit before the hold time ends.",
        misconfigurations=(17,),
        topology="hybrid-backup",
        check="dx-dark",
        spoil=OtherEnd(
            targets=("vif1",),
            spoilt=lambda each: replace(each, bfd=None),
            lines=lambda each: (f"neighbor {each.address} bfd",),
            at_aws=lambda each: replace(each, bfd=None),
        ),
    ),
    Flaw(
        name="slow-bfd",
        summary="BFD sends a packet every two seconds and waits for five of them, so it notices a dark circuit after ten seconds.",
        misconfigurations=(17,),
        topology="redundant-dx",
        check="circuit-dark",
        spoil=SlowBfd(target="vif1", interval=2000, multiplier=5),
    ),
    Flaw(
        name="slow-timers",
        summary="The VPN appliances of dc1 propose a hold time of 180 s, so AWS's 30 s count. BFD does not exist on a VPN.",
        misconfigurations=(17, 19),
        topology="active-active-vpn",
        check="internet",
        spoil=OtherEnd(
            targets=("vpn1", "vpn2"),
            spoilt=lambda each: replace(each, keepalive=_SLOW_KEEPALIVE, hold=_SLOW_HOLD),
            lines=lambda each: (f"neighbor {each.address} timers {each.keepalive} {each.hold}", f"do clear bgp {each.address}"),
        ),
    ),
    Flaw(
        name="stale-despite-bfd",
        summary="Graceful restart goes before BFD, so the router keeps dead routes after BFD has noticed.",
        misconfigurations=(18,),
        topology="hybrid-backup",
        check="dx-dark",
        spoil=OtherEnd(
            targets=("vif1",),
            spoilt=lambda each: replace(each, restart_time=_RESTART_SECONDS, bfd=each.bfd and replace(each.bfd, checks_control_plane=True)),
            lines=lambda each: (f"no neighbor {each.address} bfd check-control-plane-failure", f"neighbor {each.address} bfd"),
            at_aws=lambda each: replace(each, restart_time=_RESTART_SECONDS),
        ),
    ),
)
