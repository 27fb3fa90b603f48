"""Pictures of Direct Connect, transit gateways and SiteLink: complete, in place, and without overlaps."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from lab.model.plan import Role
from lab.model.sketch import Sketch, sketch_of
from lab.model.topology import Topology
from lab.views.graph import dot, mermaid, svg
from lab.views.graph.layout import lay_out
from lab.views.graph.places import WORDS, Layer, plain_links, zones
from lab.views.graph.style import LAYERS
from tests.networks import HYBRID, HYBRID_TGW, NETWORKS, SITELINK, TWO_GATEWAYS, planned


def drawn_of(topology: Topology) -> Sketch:
    """A network to draw."""
    return sketch_of(planned(topology))


SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=NETWORKS.values(), ids=NETWORKS)
def sketch(request: pytest.FixtureRequest) -> Sketch:
    return drawn_of(request.param)


def test_every_layer_has_a_word_and_colours_of_its_own() -> None:
    assert set(WORDS) == set(LAYERS) == set(Layer)
    assert len(set(WORDS.values())) == len(Layer)
    assert len({(colours.fill, colours.stroke) for colours in LAYERS.values()}) == len(Layer)


def test_every_role_is_in_a_picture_here() -> None:
    assert {node.role for topology in (*NETWORKS.values(), TWO_GATEWAYS) for node in drawn_of(topology).nodes} == set(Role)


def test_the_svg_labels_every_node_with_its_name_once_and_draws_every_link_and_tunnel(sketch: Sketch) -> None:
    picture = ElementTree.fromstring(svg(sketch))  # noqa: S314 - our own text
    drawn = [text.text for text in picture.iter(f"{SVG}text")]
    assert {node.name: drawn.count(node.name) for node in sketch.nodes} == {node.name: 1 for node in sketch.nodes}
    paths = {path.findtext(f"{SVG}title"): path.get("stroke-dasharray") for path in picture.iter(f"{SVG}path") if len(path)}
    solid = {each.name: None for each in (*sketch.links, *sketch.vifs)}
    shared = {risk.name: "1.5 3" for risk in sketch.risks if len(risk.circuits) > 1}
    assert paths == solid | {tunnel.name: "6 4" for tunnel in sketch.tunnels} | shared


def test_every_kind_of_node_stands_under_its_name_and_in_the_legend_in_its_colours(sketch: Sketch) -> None:
    picture = ElementTree.fromstring(svg(sketch))  # noqa: S314 - our own text
    words = [text.text for text in picture.iter(f"{SVG}text")]
    colours = [(rect.get("fill"), rect.get("stroke")) for rect in picture.iter(f"{SVG}rect")]
    layers = [node.spot.layer for node in lay_out(sketch, 0).nodes]
    for layer in set(layers):
        assert words.count(WORDS[layer]) == layers.count(layer) + 1
        assert colours.count((LAYERS[layer].fill, LAYERS[layer].stroke)) == layers.count(layer) + 1


def test_carriers_and_locations_are_places_of_their_own() -> None:
    titles = [zone.title for zone in zones(drawn_of(HYBRID))]
    assert {"Carrier carrier-a", "Carrier carrier-b", "Location loc-a", "Location loc-b"} <= set(titles)
    assert len(set(titles)) == len(titles)


def test_a_transit_gateway_stands_where_a_virtual_private_one_would_with_its_own_word() -> None:
    layout = lay_out(drawn_of(HYBRID_TGW), 0)
    assert layout.node("tgw").spot.layer is Layer.TRANSIT_GATEWAY
    order = ("dc1-host", "dc1-core", "dc1-r1", "dx1", "loc-a-1", "tgw", "app-host")
    across = [layout.node(name).box.x for name in order]
    assert across == sorted(set(across))


def test_circuits_stand_above_providers_devices_above_the_internet_and_direct_connect_gateways_above_endpoints() -> None:
    layout = lay_out(drawn_of(HYBRID), 0)
    assert layout.node("dx1").box.x == layout.node("isp-a").box.x
    assert layout.node("loc-a-1").box.x == layout.node("internet").box.x
    (domain,) = layout.domains
    assert domain.box.x == layout.node("vpn1-1").box.x
    assert layout.node("dx1").box.y < layout.node("isp-a").box.y
    assert layout.node("loc-a-1").box.y < layout.node("internet").box.y
    assert domain.box.bottom < layout.node("vpn1-1").box.y


@pytest.mark.parametrize("draw", [dot, mermaid])
def test_the_words_of_direct_connect_are_in_every_picture(draw: Callable[[Sketch], str]) -> None:
    text = draw(drawn_of(HYBRID))
    for words in ("Direct Connect device", "carrier's circuit", "edge router", "Carrier carrier-a", "Location loc-b"):
        assert words in text


def test_dot_has_every_node_link_and_tunnel_in_its_colours(sketch: Sketch) -> None:
    text = dot(sketch)
    assert text.count("{") == text.count("}")
    layers = {node.spot.name: node.spot.layer for node in lay_out(sketch, 0).nodes}
    for node in sketch.nodes:
        layer = layers[node.name]
        shared = "".join(f"\\nshares {risk.name}" for risk in sketch.risks if node.name in risk.circuits)
        assert f'"{node.name}" [label="{node.name}\\n{WORDS[layer]}{shared}", fillcolor="{LAYERS[layer].fill}"' in text
    plain = plain_links(sketch)
    for link in plain:
        ends = rf'"{link.a}" -- "{link.b}"|"{link.b}" -- "{link.a}"'
        assert re.search(rf'({ends}) \[tooltip="{link.name}"', text)
    tips = {tip for line in text.splitlines() if " -- " in line for tip in line.split('tooltip="')[1].split('"')[0].split(", ")}
    assert {link.name for link in sketch.links} <= tips
    assert text.count("style=dashed") == len(sketch.tunnels)


def test_mermaid_has_every_node_link_and_tunnel_in_its_colours(sketch: Sketch) -> None:
    text = mermaid(sketch)
    ids = {match[2]: match[1] for match in re.finditer(r'^ +(\w+)\("([^<]+)<br/>', text, re.MULTILINE)}
    assert set(ids) == {node.name for node in sketch.nodes}
    for link in plain_links(sketch):
        a, b = ids[link.a], ids[link.b]
        assert re.search(rf"({a} [-=]+(\|\S+\|)? {b}|{b} [-=]+(\|\S+\|)? {a})\n", text)
    for tunnel in sketch.tunnels:
        assert f"{ids[tunnel.customer]} -.- {ids[tunnel.aws]}\n" in text
    coloured = {name: match[2] for match in re.finditer(r"^ +class (\S+) layer(\d+)$", text, re.MULTILINE) for name in match[1].split(",")}
    assert coloured == {ids[node.spot.name]: str(node.spot.layer.value) for node in lay_out(sketch, 0).nodes}


def test_devices_that_meet_by_sitelink_are_joined_in_every_picture() -> None:
    sketch = drawn_of(SITELINK)
    for link in ("loc-a-1--loc-a-2", "loc-a-1--loc-b-1", "loc-a-2--loc-b-1"):
        assert f"<title>{link}</title>" in svg(sketch)
        assert f'tooltip="{link}"' in dot(sketch)
