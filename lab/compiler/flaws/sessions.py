"""Flaws of sessions: a session of the standby never comes up, and nobody looks because the primary works."""

from dataclasses import replace

from lab.compiler.flaws.ends import OtherEnd
from lab.model.flaw import Flaw

FLAWS = (
    Flaw(
        name="wrong-as-on-backup",
        summary="The backup's sessions expect another ASN than AWS's, so they never come up.",
        misconfigurations=(16, 37),
        topology="hybrid-backup",
        check="dx-cut",
        spoil=OtherEnd(
            targets=("vpn1",),
            spoilt=lambda each: replace(each, remote_as=each.remote_as + 1),
            lines=lambda each: (f"neighbor {each.address} remote-as {each.remote_as}",),
            is_dead=True,
        ),
    ),
    Flaw(
        name="wrong-key-on-second-circuit",
        summary="The second circuit's session has another MD5 key than AWS's, so it never comes up.",
        misconfigurations=(15, 37),
        topology="redundant-dx",
        check="circuit-cut",
        spoil=OtherEnd(
            targets=("vif2",),
            spoilt=lambda each: replace(each, password=f"{each.password}-old"),
            lines=lambda each: (f"neighbor {each.address} password {each.password}",),
            is_dead=True,
        ),
    ),
)
