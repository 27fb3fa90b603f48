"""What lab-test refuses before anything starts: all mistakes in topologies and checks, at once."""

import shutil
from pathlib import Path

import pytest

from lab.api import test as test_api
from lab.errors import InputError
from tests.shipped import ROOT

NAME = "active-active-vpn"


def _refusal(*topologies: str) -> list[str]:
    options = test_api.TestOptions(topologies=topologies)
    with pytest.raises(InputError) as caught:
        test_api.test(options, lambda _verdict: pytest.fail("a verdict came"), lambda _line: pytest.fail("something was started"))
    return [str(problem) for problem in caught.value.problems]


def test_the_mistakes_of_a_named_topology_are_reported_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "topologies" / f"{NAME}.yaml").read_text()
    Path("mine.yaml").write_text(text.replace("gateway: vgw", "gateway: vgv"))
    assert len(_refusal("mine.yaml")) == 4
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.yaml"]


def test_mistakes_of_several_topologies_and_their_checks_are_reported_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "topologies" / f"{NAME}.yaml").read_text()
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(text.replace(f"name: {NAME}", f"name: {name}"))
        shutil.copytree(ROOT / "checks" / NAME, tmp_path / "checks" / name)
    Path("a.yaml").write_text(Path("a.yaml").read_text().replace("gateway: vgw", "gateway: vgv", 1))
    zone = Path("checks/b/zone.yaml")
    zone.write_text(zone.read_text().replace("target: vpn1-1", "target: vpn9"))
    told = _refusal("a.yaml", "b.yaml")
    assert [line.partition(":")[0] for line in told] == ["a.yaml", "checks/b/zone.yaml"]


def test_a_run_without_topologies_is_refused() -> None:
    assert _refusal() == ["topologies: this folder has no topology (write one: a YAML file)"]


def test_two_topologies_with_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        shutil.copy(ROOT / "topologies" / f"{NAME}.yaml", f"{name}.yaml")
    told = _refusal("a.yaml", "b.yaml")
    assert [line.partition(" ")[0] for line in told] == ["a.yaml:", "b.yaml:"]
    assert all(f"'{NAME}' is also the name of another topology" in line for line in told)


@pytest.mark.parametrize("text", ["", '{"type": "RunSta'])
def test_a_journal_without_a_run_makes_no_report(tmp_path: Path, text: str) -> None:
    (tmp_path / "journal.jsonl").write_text(text)
    with pytest.raises(InputError, match=r"journal\.jsonl: this journal has no run"):
        test_api.report_again(tmp_path / "journal.jsonl")
