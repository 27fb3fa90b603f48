"""Reports from several journals: merged, or refused with every journal that cannot be merged."""

from pathlib import Path

import pytest

from lab.api.reports import merged_again, report_again
from lab.engine import Journal
from lab.errors import InputError
from lab.model.event import FORMAT, Judged, RunEnded, RunStarted
from lab.model.outcome import Status
from lab.model.run import HostFacts
from tests.unit.analysis.samples import lost, recorded, run


def _journal(folder: Path, name: str, *, cpus: int = 2, form: int = FORMAT) -> Path:
    """The journal of a run of one check, on a host with this many processors."""
    journal = Journal(folder / name)
    host = HostFacts(kernel="6.1", cpus=cpus, capabilities=())
    journal.write(RunStarted(version="0.1.0", host=host, images=(), topologies=("active-active-vpn",), format=form))
    for event in (*run(recorded(lost(610, 70))), Judged(status=Status.PASS, reason="")):
        journal.write(event, lab="active-active-vpn")
    journal.write(RunEnded(wall_seconds=float(cpus)))
    journal.close()
    return journal.path


def test_several_journals_make_one_report_that_knows_the_runs(tmp_path: Path) -> None:
    paths = [_journal(tmp_path, "one.jsonl", cpus=2), _journal(tmp_path, "two.jsonl", cpus=8)]
    report = merged_again(paths)
    assert [(run.host.cpus, run.wall_seconds, run.journal) for run in report.runs] == [(2, 2.0, str(paths[0])), (8, 8.0, str(paths[1]))]
    assert [verdict.title for verdict in report.verdicts] == ["cut (run 1)", "cut (run 2)"]


def test_one_journal_makes_the_report_of_its_run(tmp_path: Path) -> None:
    path = _journal(tmp_path, "one.jsonl")
    assert merged_again([path]) == report_again(path)


def test_every_journal_that_cannot_be_merged_is_named_with_its_reason(tmp_path: Path) -> None:
    good, old = _journal(tmp_path, "one.jsonl"), _journal(tmp_path, "old.jsonl", form=1)
    copy, empty = tmp_path / "copy.jsonl", tmp_path / "empty.jsonl"
    copy.write_bytes(good.read_bytes())
    empty.touch()
    with pytest.raises(InputError) as caught:
        merged_again([good, old, copy, empty, tmp_path / "none.jsonl", good])
    told = {problem.place: problem.message for problem in caught.value.problems}
    assert len(caught.value.problems) == 5
    assert told[str(old)].startswith("this journal has format 1, but this version reads format 2")
    assert (
        told[str(copy)]
        == told[str(good)]
        == f"this journal has the same run as {good}, so its checks would count twice (leave one of them out)"
    )
    assert told[str(empty)].startswith("this journal has no run")
    assert told[str(tmp_path / "none.jsonl")].startswith("this file cannot be read (No such file or directory; ")
