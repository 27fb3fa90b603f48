"""The journal: every written event can be read again, and a line that is no event is reported with its number."""

import json
from contextlib import closing
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import get_args

import pytest

from lab.engine import Journal, read_journal
from lab.errors import HostError, InputError
from lab.model import event as events
from lab.model.broken import Broken
from lab.model.check import Expectation, Promise, ScheduledFault, When
from lab.model.event import Event
from lab.model.evidence import HostLoad, TimelineEvent
from lab.model.outcome import Breach, Status
from lab.model.prediction import AlarmPrediction, Foreseen, SetPrediction
from lab.model.run import HostFacts, LabFacts
from lab.model.sketch import sketch_of
from lab.model.status import Comparison, Difference
from tests.shipped import shipped_plan

LAB = LabFacts(
    topology="t", timers="tuned", ipsec="userspace", circuits="a cable each", nodes=21, links=26, up_seconds=None, down_seconds=1.5
)
FLOW = events.FlowRecorded(
    flow="dc1-app",
    direction="reverse",
    destination=IPv4Address("10.1.0.10"),
    rate_pps=1000.0,
    started=-1.25,
    ended=20.0,
    sent=21250,
    longest_pause_seconds=0.004,
    zero_seq=1250,
    felt=(3240, 13250),
    delays=(0.0005, None, 0.0005),
    losses=(
        events.LossRun(first_seq=3251, count=2, first_sent=2.001, last_sent=2.002),
        events.LossRun(first_seq=70000, count=1, first_sent=3.0, last_sent=3.0),
    ),
    paths=(events.PathRun(path=("a", "b"), first_seq=0, last_seq=3150, first_sent=-1.25, last_sent=1.9, count=40, delivered=True),),
)
ONE_OF_EACH: tuple[Event, ...] = (
    events.RunStarted(
        version="0.1.0",
        host=HostFacts(kernel="6.12", cpus=2, capabilities=(("docker", True), ("xfrm", False))),
        images=(("node", "1"),),
        topologies=("t", "u"),
        format=events.FORMAT,
    ),
    events.Drawn(sketch=sketch_of(shipped_plan())),
    events.CheckStarted(
        topology="t",
        check="c",
        summary='"Zürich" → \u2028 \\ cut',
        timers="default",
        wall="2026-01-02T03:04:05.678+00:00",
        file="checks/t/c.yaml",
        steps=(ScheduledFault(kind="link-down", target="dci", at=2.0, duration=10.0, name="cut"),),
        expectations=(
            Expectation(
                flow="dc1-app",
                before=("vpn1",),
                during=Promise(outage_at_most=1.5, via=("vpn2",)),
                when=When(step="cut", turn="ends"),
                then=Promise(reachable=False),
                symmetric=True,
            ),
        ),
        foreseen=Foreseen(
            before=SetPrediction(failed=(), flows=()),
            during=SetPrediction(failed=("dci",), flows=()),
            alarms=(AlarmPrediction(rule="dark", after=(0.0, 90.02), tolerated=(0.0, 90.172), is_certain=True),),
        ),
    ),
    events.FaultStarted(
        step=0,
        kind="link-down",
        target="dci",
        before=2.0,
        after=2.001,
        event=0,
        breaks=Broken(hops=(("a", "b"),), prefixes=(IPv4Network("10.2.0.0/17"),)),
    ),
    events.Noticed(
        event=TimelineEvent(at=2.0005, node="dc1-core", source="route", what="10.2.0.0/16 gone", prefix=IPv4Network("10.2.0.0/16"))
    ),
    events.Noticed(event=TimelineEvent(at=2.0007, node="dc1-core", source="bgp", what="neighbor dc2-core down")),
    events.FaultEnded(step=0, before=12.0, after=12.25, event=1),
    FLOW,
    events.LoadSeen(load=HostLoad(busy=0.5, stalled=None, latest_probe_seconds=0.002)),
    events.Compared(
        comparison=Comparison(
            nodes=21,
            daemons=80,
            interfaces=52,
            addresses=50,
            static_routes=10,
            learned_routes=None,
            sessions=20,
            tunnels=8,
            differences=(Difference(place="vgw:bgpd", found="dead", planned="running"),),
        )
    ),
    events.CheckEnded(wall_seconds=31.5, error=None),
    events.Judged(
        status=Status.FAIL,
        reason="one\ntwo",
        breaches=(
            Breach(what="return", words="one"),
            Breach(what="loss", words="two", flow="f", direction="forward", phase="after", event="e"),
        ),
    ),
    events.Discarded(reason="nothing was sent for 0.135 s"),
    events.LabUsed(lab=LAB),
    events.RunEnded(wall_seconds=63.0),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "1" / "journal.jsonl"


def _write(path: Path, *told: Event) -> None:
    with closing(Journal(path)) as journal:
        for event in told:
            journal.write(event)


def test_the_examples_are_one_of_each_kind() -> None:
    assert {type(event) for event in ONE_OF_EACH} == set(get_args(Event))


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_an_event_is_read_as_it_was_written(path: Path, event: Event) -> None:
    _write(path, event)
    (read,) = read_journal(path)
    assert read == event
    assert repr(read) == repr(event)


def test_events_are_read_in_order_one_a_line(path: Path) -> None:
    _write(path, *ONE_OF_EACH)
    assert read_journal(path) == ONE_OF_EACH
    lines = path.read_bytes().removesuffix(b"\n").split(b"\n")
    assert [json.loads(line)["type"] for line in lines] == [type(event).__name__ for event in ONE_OF_EACH]


def test_events_of_labs_side_by_side_are_read_one_lab_after_the_other(path: Path) -> None:
    started, ended = ONE_OF_EACH[0], ONE_OF_EACH[-1]
    verdicts = {name: events.Judged(status=Status.PASS, reason=name) for name in ("t 1", "t 2", "u 1", "u 2", "v 1")}
    with closing(Journal(path)) as journal:
        journal.write(started)
        for name in ("u 1", "v 1", "t 1", "u 2", "t 2"):
            journal.write(verdicts[name], lab=name[0])
        journal.write(ended)
    assert read_journal(path) == (started, *(verdicts[name] for name in ("t 1", "t 2", "u 1", "u 2", "v 1")), ended)


def test_each_event_is_in_the_file_before_the_next_is_told(path: Path) -> None:
    journal = Journal(path)
    for number, event in enumerate(ONE_OF_EACH, start=1):
        journal.write(event)
        assert len(read_journal(path)) == number
    journal.close()


def test_a_journal_is_append_only(path: Path) -> None:
    _write(path, ONE_OF_EACH[0])
    _write(path, ONE_OF_EACH[-1])
    assert read_journal(path) == (ONE_OF_EACH[0], ONE_OF_EACH[-1])


def test_a_field_that_an_earlier_version_did_not_write_has_its_default(path: Path) -> None:
    _write(path, next(event for event in ONE_OF_EACH if isinstance(event, events.CheckStarted)))
    values = json.loads(path.read_text())
    assert values.pop("file") == "checks/t/c.yaml"
    path.write_text(json.dumps(values) + "\n")
    (read,) = read_journal(path)
    assert isinstance(read, events.CheckStarted)
    assert read.file == ""


@pytest.mark.parametrize("said", [{}, {"format": 1}, {"format": 99}])
def test_a_journal_of_another_format_is_refused_and_never_misread(path: Path, said: dict[str, int]) -> None:
    _write(path, *ONE_OF_EACH)
    first, *rest = path.read_text().splitlines()
    values = {key: value for key, value in json.loads(first).items() if key != "format"} | said
    path.write_text("\n".join([json.dumps(values), *rest]) + "\n")
    found = said.get("format", 1)
    words = (
        rf"this journal has format {found}, but this version reads format 2 \(run the checks again, or .* 0\.1\.0, which wrote this journal"
    )
    with pytest.raises(InputError, match=words):
        read_journal(path)


def test_an_empty_journal_has_no_events(path: Path) -> None:
    _write(path)
    assert read_journal(path) == ()


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "",
        "{}",
        "[]",
        "null",
        "5",
        '{"type": "Nonsense"}',
        '{"type": ["RunEnded"]}',
        '{"type": "RunEnded"}',
        '{"type": "RunEnded", "wall_seconds": 1.0, "more": 1}',
        '{"type": "Judged", "status": "perhaps", "reason": ""}',
        '{"type": "Noticed", "event": 5}',
        '{"type": "RunStarted", "format": 2, "host": {"kernel": "k", "cpus": 1, "capabilities": [["docker"]]}, "images": []}',
        '{"type": "FaultEnded", "step": 0, "before"',
        "\ufffd\x00",
    ],
)
def test_a_line_that_is_no_event_is_named_by_its_number(path: Path, line: str) -> None:
    _write(path, ONE_OF_EACH[0])
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(InputError, match=r"not an event of a journal \(") as caught:
        read_journal(path)
    assert [problem.place for problem in caught.value.problems] == [f"{path}:2"]


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"journal\.jsonl: this file cannot be read \(No such file or directory; expected the journal"):
        read_journal(tmp_path / "journal.jsonl")
    with pytest.raises(InputError, match="Is a directory"):
        read_journal(tmp_path)


def test_a_value_that_a_journal_cannot_hold_is_refused_on_writing(path: Path) -> None:
    with pytest.raises(TypeError, match="a journal cannot hold a set"):
        _write(path, events.Judged(status=Status.PASS, reason={"a"}))


def test_a_full_disk_is_a_host_error() -> None:
    journal = Journal(Path("/dev/full"))
    with closing(journal), pytest.raises(HostError, match=r"^the journal /dev/full cannot be written any more \(No space left on device"):
        journal.write(FLOW)
