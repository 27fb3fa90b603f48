"""FL4, the last part: firewalls that keep state and see only one direction of a flow."""

from collections.abc import Iterator, Sequence

from lab.model.audit import Code, Severity
from lab.model.where import where
from lab.predict.audit.design import Design, listed
from lab.predict.audit.rule import Hit, Rule


def _as_drawn(design: Design) -> Iterator[Hit]:
    dropped = design.predictor.dropped(())
    for flow in design.topology.flows:
        if flow.name in dropped:
            yield Hit(
                where=where(flow),
                subject=flow.name,
                message=f"{_firewalls(dropped[flow.name])} replies of {flow.name}, because the flow may begin over another edge",
                revealed_by="the first connection that takes this path",
            )


def _after_a_failure(design: Design) -> Iterator[Hit]:
    drawn = design.predictor.dropped(())
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for component in design.predictor.components if design.predictor.keeps_state else ():
        for flow, firewalls in design.predictor.dropped((component,)).items():
            if flow not in drawn:
                found.setdefault(flow, []).append((component.name, firewalls))
    for each in design.topology.flows:
        if each.name in found:
            (failed, firewalls), *_ = found[each.name]
            names = listed(name for name, _ in found[each.name])
            yield Hit(
                where=where(each),
                subject=each.name,
                message=f"{_firewalls(firewalls)} replies of {each.name} when one of these fails: {names}",
                revealed_by=f"{failed} fails",
            )


def _firewalls(names: Sequence[str]) -> str:
    return f"{listed(names)} {'drops' if len(names) == 1 else 'drop'}"


RULES = (
    Rule(
        look=_as_drawn,
        code=Code(
            code="FL412",
            severity=Severity.ERROR,
            title="A firewall that keeps state sees only the replies of a flow",
            symptom="Some connections work and others hang, although every session is up. Ping often works.",
            revealed_by="the first connection that takes this path",
            remedy="Let both directions take one edge (prefer and as_path_prepend, or vpn_ecmp: false). Or share the firewalls' state.",
            section_8=(23, 31),
        ),
    ),
    Rule(
        look=_after_a_failure,
        code=Code(
            code="FL413",
            severity=Severity.WARNING,
            title="After a failure a firewall that keeps state sees only the replies of a flow",
            symptom="The network fails over, and connections hang all the same.",
            revealed_by="the failure",
            remedy="Let both directions move to the same edge (prefer and as_path_prepend), or let the firewalls share their state.",
            section_8=(23,),
        ),
    ),
)
