"""FL1: single points of failure. One thing that nothing stands in for, and whose failure cuts a flow off."""

from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.where import where
from lab.predict.audit.design import Design, flows_of
from lab.predict.audit.rule import Hit, Rule


def _circuits(design: Design) -> Iterator[Hit]:
    for circuit in design.topology.connections:
        cut = design.cut_by(circuit.name)
        if cut:
            also = f"{circuit.location}, AWS's device {circuit.device} there and {circuit.provider}"
            yield Hit(
                where=where(circuit),
                subject=circuit.name,
                message=f"the circuit {circuit.name} is the only way of {flows_of(cut)}",
                revealed_by=f"{circuit.name} goes dark; so does the loss of {also}",
            )


RULES = (
    Rule(
        look=_circuits,
        code=Code(
            code="FL101",
            severity=Severity.ERROR,
            title="A circuit is a single point of failure",
            symptom="The flow is cut off until the circuit, its location or its carrier is repaired.",
            revealed_by="the circuit goes dark",
            remedy="Add a second circuit at another location, or a VPN as backup. Both need another router.",
            section_8=(10,),
        ),
    ),
)
