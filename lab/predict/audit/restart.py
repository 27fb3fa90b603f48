"""FL5, the last part: graceful restart, which takes the silence of a dead circuit for a restart of the other end."""

from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.aws import RESTART_SECONDS
from lab.model.plan import Timers
from lab.model.topology import VirtualInterface
from lab.model.where import where
from lab.predict.audit.design import Design
from lab.predict.audit.rule import Hit, Rule


def hold_seconds(design: Design, vif: VirtualInterface) -> float:
    """The hold time of a virtual interface's session, in seconds."""
    own = vif.customer.timers
    return min(own.hold, 90) if own else 3 if design.plan.timers is Timers.TUNED else 90


def _restart(design: Design) -> Iterator[Hit]:
    """Graceful restart also keeps the routes of a dead circuit. BFD ends it in FRR 10.3, unless it checks the control plane."""
    for vif in design.topology.virtual_interfaces:
        own = vif.customer.graceful_restart
        if own is None:
            continue
        has_bfd, checks = vif.runs_bfd(tuned=design.plan.timers is Timers.TUNED), vif.customer.bfd.checks_control_plane
        kept = hold_seconds(design, vif) + (RESTART_SECONDS if has_bfd else max(RESTART_SECONDS, own))
        dead = f"{vif.name} keeps routes for up to {kept:g} s after a silent loss of {vif.connection}"
        ended = f"{vif.name} has BFD and graceful restart: FRR 10.3 lets BFD end it, but other routers keep dead routes"
        yield Hit(
            where=(*where(vif), "graceful_restart"),
            subject=vif.name,
            message=ended if has_bfd and not checks else f"{dead}, although BFD notices it" if has_bfd else dead,
            severity=Severity.NOTE if has_bfd and not checks else None,
            revealed_by=f"{vif.connection} loses all packets while its light stays on",
        )


RULES = (
    Rule(
        look=_restart,
        code=Code(
            code="FL507",
            severity=Severity.WARNING,
            title="Graceful restart keeps dead routes",
            symptom="Traffic goes on into a dead circuit, because routers take its silence for a restart of the other end. The seconds are "
            "FRR's, which also keeps routes when the hold time ends (RFC 8538's N bit). AWS publishes only its restart time of 120 s, so "
            "real AWS may drop them at once.",
            revealed_by="the circuit loses all packets while its light stays on",
            remedy="Remove graceful_restart. AWS advises against it together with BFD.",
            section_8=(18,),
        ),
    ),
)
