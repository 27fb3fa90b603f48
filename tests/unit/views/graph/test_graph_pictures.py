"""Pictures show every node, link and tunnel. The SVG is well-formed, and nothing in it overlaps."""

import dataclasses
import re
from xml.etree import ElementTree

import pytest

from lab.model.plan import Role
from lab.model.sketch import Sketch, SketchNode
from lab.views.graph import dot, mermaid, svg
from lab.views.graph.layout import lay_out
from lab.views.graph.places import zones

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture(sketch: Sketch) -> ElementTree.Element:
    """The SVG, parsed."""
    return ElementTree.fromstring(svg(sketch))  # noqa: S314 - our own text


def texts(picture: ElementTree.Element) -> list[str | None]:
    """Every text in the picture."""
    return [text.text for text in picture.iter(f"{SVG}text")]


def renamed(sketch: Sketch, old: str, new: str) -> Sketch:
    """The sketch with one node renamed, without cables and tunnels."""
    nodes = tuple(dataclasses.replace(node, name=new if node.name == old else node.name) for node in sketch.nodes)
    return dataclasses.replace(sketch, nodes=nodes, links=(), tunnels=())


def one_node(name: str) -> Sketch:
    """A network of one node."""
    node = SketchNode(name=name, role=Role.CUSTOMER_GATEWAY, place="dc")
    return Sketch(name="one", summary="", nodes=(node,), links=(), tunnels=(), flows=(), targets=())


def test_places_hold_places(sketch: Sketch) -> None:
    outer = {zone.title: [inner.title for inner in zone.zones] for zone in zones(sketch)}
    assert outer == {
        "Data centre dc1": [],
        "Data centre dc2": [],
        "Provider isp-a": [],
        "Provider isp-b": [],
        "Internet": [],
        "AWS Region us-east-1": ["AZ us-east-1a", "AZ us-east-1b", "VPC app"],
    }


def test_the_svg_labels_every_node_once(sketch: Sketch, picture: ElementTree.Element) -> None:
    assert {node.name: texts(picture).count(node.name) for node in sketch.nodes} == {node.name: 1 for node in sketch.nodes}


def test_the_svg_draws_every_link_and_every_tunnel_dashed(sketch: Sketch, picture: ElementTree.Element) -> None:
    paths = {path.findtext(f"{SVG}title"): path.get("stroke-dasharray") for path in picture.iter(f"{SVG}path") if len(path)}
    assert paths == {link.name: None for link in sketch.links} | {tunnel.name: "6 4" for tunnel in sketch.tunnels}


def test_the_svg_has_title_summary_and_legend(sketch: Sketch, picture: ElementTree.Element) -> None:
    drawn = texts(picture)
    assert drawn[0] == sketch.name
    assert " ".join(str(text) for text in drawn).count(sketch.summary) == 1
    assert {"dci", "VPN tunnel endpoint", "link", "interconnect between data centres", "IPsec tunnels of vpn4"} <= set(drawn)


def test_the_svg_needs_nothing_from_outside(sketch: Sketch) -> None:
    assert re.findall(r"https?://[^\"]+", svg(sketch)) == ["http://www.w3.org/2000/svg"]


def test_cores_stand_above_one_another_so_the_interconnect_is_upright(sketch: Sketch) -> None:
    layout = lay_out(sketch, 0)
    assert layout.node("dc1-core").box.x == layout.node("dc2-core").box.x


def test_layers_run_from_the_user_to_aws(sketch: Sketch) -> None:
    layout = lay_out(sketch, 0)
    path = ("dc1-host", "dc1-core", "dc1-gw1", "isp-a", "internet", "vpn1-1", "vgw", "app-host")
    assert [layout.node(name).box.x for name in path] == sorted({node.box.x for node in layout.nodes})


@pytest.mark.parametrize("draw", [svg, dot, mermaid])
def test_a_plan_of_one_site_is_a_picture_too(sketch: Sketch, draw: type[str]) -> None:
    host = SketchNode(name="host", role=Role.HOST, place="dc")
    assert "Data centre dc" in draw(dataclasses.replace(sketch, nodes=(host,), links=(), tunnels=()))


def test_svg_escapes_names_narrows_long_ones_and_cuts_what_could_not_be_read() -> None:
    names = ('the "longer" <gateway> of', "the longest name that any <gateway> ever had")
    drawings = (ElementTree.fromstring(svg(one_node(name))) for name in names)  # noqa: S314 - our own text
    narrow, cut = (next(text for text in picture.iter(f"{SVG}text") if str(text.text).startswith("the ")) for picture in drawings)
    assert (narrow.text, narrow.get("textLength")) == (names[0], "136")
    assert "…" in str(cut.text)
    assert cut.findtext(f"{SVG}title") == names[1]


def test_an_interconnect_that_skips_a_site_goes_around_the_one_between(sketch: Sketch) -> None:
    cores = tuple(SketchNode(name=f"dc{site}-core", role=Role.CORE, place=f"dc{site}") for site in (1, 2, 3))
    link = next(link for link in sketch.links if link.name == "dci")
    skipping = dataclasses.replace(link, name="far", b="dc3-core")
    picture = svg(dataclasses.replace(sketch, nodes=cores, links=(link, skipping), tunnels=()))
    near, far = (re.search(rf'<path d="([^"]+)"[^>]*><title>{name}<', picture) for name in ("dci", "far"))
    assert near is not None
    assert far is not None
    assert "C" not in near[1]
    assert "C" in far[1]


def test_dot_has_every_node_link_and_tunnel(sketch: Sketch) -> None:
    text = dot(sketch)
    assert text.startswith('graph "active-active-vpn" {')
    assert text.count("{") == text.count("}")
    for node in sketch.nodes:
        assert f'"{node.name}" [label="{node.name}\\n' in text
    for link in sketch.links:
        ends = rf'"{link.a}" -- "{link.b}"|"{link.b}" -- "{link.a}"'
        assert re.search(rf'({ends}) \[tooltip="{link.name}"', text)
    for tunnel in sketch.tunnels:
        assert re.search(rf'"{tunnel.customer}" -- "{tunnel.aws}" \[tooltip="{tunnel.name}".*style=dashed', text)


def test_dot_escapes_quotes(sketch: Sketch) -> None:
    assert r'"a\"b\\c" [label=' in dot(renamed(sketch, "dc1-gw1", 'a"b\\c'))


def test_mermaid_has_every_node_link_and_tunnel(sketch: Sketch) -> None:
    text = mermaid(sketch)
    ids = {match[2]: match[1] for match in re.finditer(r'^ +(\w+)\("([^<]+)<br/>', text, re.MULTILINE)}
    assert set(ids) == {node.name for node in sketch.nodes}
    for link in sketch.links:
        a, b = ids[link.a], ids[link.b]
        assert re.search(rf"({a} [-=]+(\|\S+\|)? {b}|{b} [-=]+(\|\S+\|)? {a})\n", text)
    for tunnel in sketch.tunnels:
        assert f"{ids[tunnel.customer]} -.- {ids[tunnel.aws]}\n" in text
    assert '===|"dci"|' in text


def test_mermaid_ids_are_safe_and_labels_escaped(sketch: Sketch) -> None:
    text = mermaid(renamed(sketch, "dc1-gw1", 'end "x"<y>'))
    assert '_end__x__y_("end #34;x#34;#60;y#62;<br/>' in text


def test_a_picture_is_the_same_every_time(sketch: Sketch) -> None:
    assert [draw(sketch) for draw in (svg, dot, mermaid)] == [draw(sketch) for draw in (svg, dot, mermaid)]
