"""Colours of pictures: none looks like a fault, all are visible by day and by night."""

import colorsys
import re

import pytest

from lab.views.graph import style
from lab.views.graph.places import Layer

DAY, NIGHT = "#ffffff", "#11161c"
ALL = sorted(set(re.findall(r"#[0-9a-f]{6}", " ".join(map(str, vars(style).values())) + style.night())))


def light(colour: str) -> float:
    """The relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", ALL)
def test_no_colour_is_red_for_in_a_picture_of_a_network_nothing_is_broken(colour: str) -> None:
    hue, _, saturation = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    assert saturation < 0.15 or 20 <= hue * 360 <= 340


def test_every_layer_has_a_pair_of_colours_of_its_own_by_day_and_by_night() -> None:
    for layers in (style.LAYERS, style.LAYERS_BY_NIGHT):
        assert set(layers) == set(Layer)
        assert len({colours.stroke for colours in layers.values()}) == len(Layer)
    assert len(style.CONNECTIONS) == len(style.CONNECTIONS_BY_NIGHT) == len(set(style.CONNECTIONS_BY_NIGHT))


@pytest.mark.parametrize(("layers", "paper", "ink"), [(style.LAYERS, DAY, style.INK), (style.LAYERS_BY_NIGHT, NIGHT, "#e4e9ee")])
def test_borders_stand_out_from_paper_and_words_from_what_they_stand_on(layers: dict[Layer, style.Colours], paper: str, ink: str) -> None:
    """WCAG 2.2: 3 to 1 for shapes (1.4.11), 4.5 to 1 for words (1.4.3)."""
    faint = style.FAINT if paper == DAY else "#9aa7b3"
    for layer, colours in layers.items():
        assert contrast(colours.stroke, paper) >= 3, layer
        assert contrast(ink, colours.fill) >= 4.5, layer
        assert contrast(faint, colours.fill) >= 4.5, layer


@pytest.mark.parametrize("colour", [*style.CONNECTIONS, style.DX, style.RISK])
def test_lines_stand_out_by_day(colour: str) -> None:
    assert contrast(colour, DAY) >= 4.5


def test_every_class_of_a_colour_by_day_has_one_by_night() -> None:
    rules = style.night()
    assert rules.startswith("@media screen and (prefers-color-scheme: dark)")
    for layer in Layer:
        assert f".{style.layer_class(layer)} {{ fill: {style.LAYERS_BY_NIGHT[layer].fill}" in rules
    for number in range(len(style.CONNECTIONS)):
        assert f".vpn{number} {{ stroke: " in rules
    for look in (style.LINK_STYLE, style.INTERCONNECT_STYLE, style.DX_AREA, style.VIF_AREA, style.RISK_AREA, style.RISK_STYLE):
        kind = look.split('"')[1].split()[0]
        assert f".{kind} {{ stroke" in rules
