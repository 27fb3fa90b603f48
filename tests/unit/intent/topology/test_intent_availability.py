"""What a topology says of its components: every component can be named, and nothing else."""

from pathlib import Path

import pytest

from lab.api.availability import availabilities
from lab.api.outlines import unknown_links
from lab.api.predict import predictions
from lab.api.validate import validate
from lab.compiler import outline_topology
from lab.errors import InputError
from lab.intent import read_commented, read_topology
from lab.model.availability import USUAL
from lab.model.plan import Ipsec, Timers
from lab.model.stated import Stated
from lab.predict import Predictor
from lab.predict.reliability import reliabilities
from tests.shipped import ROOT, TOPOLOGIES, shipped_plan


def _with(tmp_path: Path, topology: str, said: str) -> Path:
    path = tmp_path / f"{topology}.yaml"
    path.write_text((ROOT / "topologies" / f"{topology}.yaml").read_text(encoding="utf-8") + said, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_every_component_and_every_kind_can_be_named(tmp_path: Path, name: str) -> None:
    components = Predictor(shipped_plan(name)).components
    names = dict.fromkeys([*(each.name for each in components), *USUAL])
    path = _with(tmp_path, name, "availability:\n" + "".join(f"  {each}: 0.5\n" for each in names))
    topology = read_topology(path)
    assert not [*unknown_links(path, read_commented(path), outline_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE))]
    assert {each.availability for each in reliabilities(components, topology.stated)} == {0.5}


def test_both_figures_of_a_component_are_one_noun(tmp_path: Path) -> None:
    path = _with(tmp_path, "sitelink", "availability: {dx1: 1, link: 0.9999}\nfailures_a_year: {dx2: 2, dx1: 0.5}\n")
    assert read_topology(path).stated == (
        Stated(name="dx1", availability=1, failures_a_year=0.5),
        Stated(name="link", availability=0.9999),
        Stated(name="dx2", failures_a_year=2),
    )


def test_a_link_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    path = _with(tmp_path, "sitelink", "availability:\n  dc1-r1--loc-a-1: 0.9\nfailures_a_year: {dc1-r1--dx2: 3}\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    with pytest.raises(InputError) as caught:
        availabilities((str(path),), Timers.TUNED)
    assert [problem.place for problem in caught.value.problems] == [f"{path}:{len(lines) - 1}", f"{path}:{len(lines)}"]
    assert "did you mean 'dc1-r1--dx1'?" in str(caught.value)
    assert set(caught.value.problems) <= set(validate((str(path),))[0].problems)
    with pytest.raises(InputError) as predicted:
        predictions((str(path),), Timers.TUNED, 1)
    assert predicted.value.problems == caught.value.problems
