"""Values of the network in a chapter's prose are those of its plan, and one that is not there is told with its line."""

from pathlib import Path

import pytest

from lab.api.workshop.courses import course_named, prepared
from lab.errors import InputError
from lab.intent.course import read_course
from lab.intent.live_values import filled, misfits
from lab.model.course import Chapter
from lab.model.plan import Circuits
from tests.shipped import shipped_plan

PLAN = shipped_plan("hybrid-backup")


def test_an_address_is_the_one_that_the_neighbor_knows() -> None:
    (session,) = (each for each in PLAN.sessions if (each.node, each.neighbor_node) == ("dc1-r1", "loc-a-1"))
    assert filled("at {{ address of loc-a-1 to dc1-r1 }}", PLAN) == f"at {session.neighbor}"


def test_an_asn_is_the_one_that_the_neighbor_is_shown() -> None:
    assert filled("{{ASN of vpn1-1 to dc2-r1}} and {{ ASN of dc2-r1 to vpn1-1 }}", PLAN) == "64512 and 65002"


def test_the_name_of_the_lab_is_filled_in_later() -> None:
    assert filled("{{ lab }}", PLAN) == "{{ lab }}"
    assert list(misfits("{{ lab }}", PLAN)) == []


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("colour of dc1-r1 to loc-a-1", "is no value that a chapter can show; expected 'lab', 'address of NODE to NODE'"),
        ("address of dc1-r1", "is no value that a chapter can show"),
        ("address of dc1-r2 to loc-a-1", "hybrid-backup has no node named 'dc1-r2' (did you mean 'dc1-r1'?"),
        ("ASN of dc1-r1 to dc2-r1", "dc2-r1 has no BGP session with dc1-r1 (name two neighbors)"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(place: str, message: str) -> None:
    ((line, told),) = misfits(f"One.\nTwo {{{{ {place} }}}}.\n", PLAN)
    assert line == 1
    assert message in told


def test_a_chapters_mistakes_are_told_with_the_lines_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: A\nsummary: B.\nchapters: [one]\n")
    (tmp_path / "one.md").write_text(
        "---\ntitle: A\ngoal: B.\nminutes: 30\ntopology: hybrid-backup\nflaws: [no-bdf]\nchecks: [dx-drak]\n"
        "hints: ['{{ address of x to y }}']\n---\n\nHere.\n{{ ASN of it }}\n"
    )
    with pytest.raises(InputError) as caught:
        prepared(read_course(tmp_path).chapters[0], Circuits.CABLES)
    assert [each.place for each in caught.value.problems] == [f"{tmp_path}/one.md:{line}" for line in (6, 8, 12, 7)]


@pytest.mark.parametrize("chapter", course_named("redundant-connections").chapters, ids=lambda each: each.name)
def test_the_shipped_chapters_have_values_only_of_their_own_networks(chapter: Chapter) -> None:
    read = prepared(chapter, Circuits.CABLES).chapter
    assert "{{" not in "".join((read.text, *read.hints)).replace("{{ lab }}", "")
