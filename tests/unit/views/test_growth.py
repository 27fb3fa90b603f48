"""The picture of how the cost of predictions grows."""

from xml.etree import ElementTree

from lab.model.figure import Figure
from lab.views.growth import growth_svg

_SPENT = {"audit 30 sites": 0.7, "audit 1000 sites": 19.6, "predict hybrid-backup, sets of up to 1": 0.4}


def _figures() -> list[Figure]:
    return [
        Figure(name=name, unit=unit, readings=(value,))
        for name, seconds in _SPENT.items()
        for unit, value in (("s of a core", seconds), ("MB", 90.0))
    ]


def test_the_picture_has_a_point_for_each_number_of_sites() -> None:
    picture = growth_svg(_figures())
    dots = [each for each in ElementTree.fromstring(picture).iter() if each.get("class") == "dot"]  # noqa: S314 - we wrote it
    assert len(dots) == 2
    assert "0.7 s" in picture
    assert "20 s" in picture
    assert "1 000" in picture


def test_a_diagram_of_fewer_than_two_points_is_left_out() -> None:
    assert "hybrid-backup" not in growth_svg(_figures())
    assert ElementTree.fromstring(growth_svg([])).tag.endswith("svg")  # noqa: S314 - we wrote it
