"""The tunnels of a private-IP VPN are drawn through their circuit and AWS's device, a LAG as its members."""

import re
from dataclasses import replace

from lab.compiler import compile_topology
from lab.model.lag import Lag
from lab.model.plan import Ipsec, Timers
from lab.model.sketch import Sketch, sketch_of
from lab.model.topology import Topology
from lab.views.graph.layout import lay_out
from lab.views.graph.lines import tunnel_lines
from tests.networks import HYBRID_TGW, vpn


def _sketch(topology: Topology) -> Sketch:
    return sketch_of(compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE))


def test_tunnels_over_a_circuit_run_through_its_boxes() -> None:
    private = replace(vpn("vpn7", "dc1-r1", "tgw"), over="vif1", provider="carrier-a")
    sketch = _sketch(replace(HYBRID_TGW, vpn_connections=(*HYBRID_TGW.vpn_connections, private)))
    layout = lay_out(sketch, 0)
    lines = {tunnel.name: line for tunnel, line in tunnel_lines(layout, sketch)}
    for name in ("vpn7-1", "vpn7-2"):
        points = {(float(x), float(y)) for x, y in re.findall(r"([\d.]+)[ ,]([\d.]+)", lines[name].path)}
        for node in ("dx1", "loc-a-1"):
            box = layout.node(node).box
            assert {x for x, y in points if box.y <= y <= box.bottom} >= {box.x, box.right}, (name, node)


def test_a_lag_is_drawn_as_its_members() -> None:
    first, *others = HYBRID_TGW.connections
    sketch = _sketch(replace(HYBRID_TGW, connections=(replace(first, lag=Lag(members=3)), *others)))
    drawn = [link.name for link in sketch.links if {link.a, link.b} == {"dc1-r1", "dx1"}]
    assert drawn == ["dc1-r1--dx1-1", "dc1-r1--dx1-2", "dc1-r1--dx1-3"]
