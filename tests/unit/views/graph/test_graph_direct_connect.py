"""Every picture shows Direct Connect gateways, virtual interfaces, SiteLink and shared risks."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lab.model.sketch import Sketch
from lab.views.graph import dot, mermaid, svg
from lab.views.graph.picture import picture_of
from lab.views.graph.places import risk_words, vif_words
from tests.unit.views.graph.drawn import CROWDED, NAMES, crosses, drawn

SVG = "{http://www.w3.org/2000/svg}"
DRAWS = [pytest.param(draw, id=draw.__name__) for draw in (svg, dot, mermaid)]
GATEWAY = "Direct Connect gateway (policy, cannot fail)"
OF_DX = {GATEWAY, "virtual interface", "shared risk", "SiteLink"}


def words_of(sketch: Sketch) -> Counter[str]:
    """Every text in the SVG, and how often it occurs."""
    picture = ElementTree.fromstring(svg(sketch))  # noqa: S314 - our own text
    return Counter(str(text.text) for text in picture.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", [name for name in NAMES if CROWDED.name not in name])
@pytest.mark.parametrize("draw", DRAWS)
def test_every_gateway_virtual_interface_and_shared_risk_is_told(draw: Callable[[Sketch], str], name: str) -> None:
    sketch, text = drawn(name), draw(drawn(name))
    for gateway in sketch.dx_gateways:
        assert gateway.name in text
        assert f"AS {gateway.asn}" in text
    for vif in sketch.vifs:
        assert vif_words(vif) in text
    for risk in sketch.risks:
        assert text.count(risk_words(risk.name)) == len(risk.circuits)


def test_a_direct_connect_gateway_is_an_outline_and_no_node() -> None:
    sketch = drawn("sitelink")
    picture = picture_of(sketch, 0)
    assert "dxgw" not in {node.spot.name for node in picture.layout.nodes}
    (outline,) = re.findall(r'<rect class="dx area"[^>]* stroke-dasharray="4 3" x="[^>]*>', svg(sketch).partition("<g ")[0])
    assert f'height="{picture.layout.domains[0].box.height:.1f}"' in outline
    assert words_of(sketch)["AS 64513"] == 1


def test_dot_and_mermaid_dash_it_too() -> None:
    assert re.search(r'"dxgw" \[label="dxgw\\nDirect Connect gateway\\nAS 64513", style="rounded,filled,dashed"', dot(drawn("sitelink")))
    text = mermaid(drawn("sitelink"))
    identifier = re.search(r'(\w+)\(\["dxgw<br/><small>Direct Connect gateway</small><br/><small>AS 64513</small>"\]\)', text)
    assert identifier
    assert f"class {identifier[1]} dxgateway" in text
    assert re.search(r"classDef dxgateway .*stroke-dasharray", text)


def test_virtual_interfaces_stand_in_their_gateway_and_tell_all_about_themselves() -> None:
    picture = picture_of(drawn("maximum-resiliency"), 0)
    (domain,) = picture.layout.domains
    assert [each.vif.name for each in domain.vifs] == ["vif1", "vif4", "vif2", "vif3"]  # in the order of their devices
    for each in domain.vifs:
        assert each.box.middle[1] == picture.layout.node(each.vif.device).box.middle[1]
        assert domain.box.x < each.box.x < each.box.right < domain.box.right
    tip = "private virtual interface vif1 of dx1, VLAN 101, to dxgw, SiteLink"
    assert f"<title>{tip}</title>" in svg(drawn("sitelink"))
    assert f'tooltip="{tip}"' in dot(drawn("sitelink"))


@pytest.mark.parametrize("name", NAMES)
def test_a_link_from_a_device_to_a_gateway_goes_by_a_virtual_interface(name: str) -> None:
    sketch = drawn(name)
    picture = picture_of(sketch, 0)
    devices = {vif.device for vif in sketch.vifs}
    leading = [(link, line) for link, line in picture.links if {link.a, link.b} & devices and {link.a, link.b} & {"vgw", "tgw", "hub"}]
    for link, line in leading:
        (device,) = {link.a, link.b} & devices
        assert crosses(line, picture.layout.vifs_of(device)[0].box)


def test_a_virtual_interface_straight_on_a_private_gateway_has_no_outline_around() -> None:
    sketch = drawn("own-straight")
    assert words_of(sketch)["vif1 · VLAN 101"] == 1
    assert "dx area" not in svg(sketch)


def test_gateways_whose_devices_stand_among_one_another_stand_one_above_the_other() -> None:
    domains = picture_of(drawn(f"own-{CROWDED.name}"), 0).layout.domains
    assert len(domains) == 2
    assert domains[0].box.bottom < domains[1].box.y
    assert {domain.box.x for domain in domains} == {domains[0].box.x}


def test_sitelink_is_a_line_of_its_own_that_says_so_once_between_neighbors() -> None:
    sketch = drawn("own-sitelink")
    text = svg(sketch)
    for link in ("loc-a-1--loc-a-2", "loc-a-1--loc-b-1", "loc-a-2--loc-b-1"):
        assert re.search(rf'class="dx" stroke="#3f4fd0" stroke-width="2.8"><title>{link}<', text)
    assert words_of(sketch)["SiteLink"] == 2 + 1  # between three devices, and in the legend
    rails = [line.middle[0] for link, line in picture_of(sketch, 0).links if link.name.count("loc-") == 2]
    assert len(set(rails)) == 3


def test_a_line_joins_the_circuits_of_a_shared_risk_and_none_leads_from_a_risk_of_one() -> None:
    sketch = drawn("own-hybrid")
    picture = picture_of(sketch, 0)
    assert [risk.name for risk, _ in picture.risks] == ["conduit"]
    boxes = {tag: box for node in picture.layout.nodes for tag, box in node.tags}
    assert set(boxes) == {"conduit", "building"}
    line = picture.risks[0][1]
    numbers = [float(y) for y in re.findall(r",([\d.]+)", line.path)]
    tags = [box.middle[1] for name in ("dx1", "dx2") for tag, box in picture.layout.node(name).tags if tag == "conduit"]
    assert (min(numbers), max(numbers)) == (pytest.approx(min(tags), abs=0.1), pytest.approx(max(tags), abs=0.1))


@pytest.mark.parametrize("name", NAMES)
def test_the_legend_tells_what_is_there_and_nothing_else(name: str) -> None:
    sketch = drawn(name)
    has = {GATEWAY: sketch.dx_gateways, "virtual interface": sketch.vifs, "shared risk": sketch.risks}
    meant = [words for words, there in has.items() if there]
    meant += ["SiteLink"] if any(vif.sitelink for vif in sketch.vifs) else []
    assert OF_DX & set(words_of(sketch)) == set(meant)


def test_associations_are_lines_of_their_own_where_graphviz_and_mermaid_lay_out() -> None:
    assert '"dxgw" -- "vgw" [tooltip="loc-a-1--vgw, loc-b-1--vgw"' in dot(drawn("redundant-dx"))
    text = mermaid(drawn("own-two-vgw"))
    ids = {match[2]: match[1] for match in re.finditer(r'^ +(\w+)\(\[?"([^<]+)<br/>', text, re.MULTILINE)}
    for gateway in ("vgw", "vgw-db"):
        assert text.count(f"{ids['dxgw']} --- {ids[gateway]}\n") == 1


@pytest.mark.parametrize("name", NAMES)
def test_mermaid_styles_lines_by_their_numbers(name: str) -> None:
    """Mermaid refuses the whole picture if a linkStyle has a number after the last line."""
    sketch = drawn(name)
    lines = [line.strip() for line in mermaid(sketch).splitlines()]
    edges = [line for line in lines if re.search(r" (---|===|-\.-)", line)]
    styled = {int(line.split()[1]): line for line in lines if line.startswith("linkStyle")}
    assert max(styled, default=0) < len(edges)
    assert {edges[number] for number, style in styled.items() if "dasharray:6 4" in style} == {edge for edge in edges if "-.-" in edge}
    assert sum("#3f4fd0" in style for style in styled.values()) == len(sketch.vifs) + sum('|"SiteLink"|' in edge for edge in edges)


@pytest.mark.parametrize("draw", DRAWS)
def test_a_network_of_an_older_journal_is_drawn_as_it_was(draw: Callable[[Sketch], str]) -> None:
    text = draw(replace(drawn("sitelink"), dx_gateways=(), vifs=(), risks=()))
    assert "loc-a-1" in text
    assert "dxgw" not in text
