"""A journal has everything that a picture needs. A journal from before Direct Connect was recorded can be read, too."""

import json
from pathlib import Path

import pytest

from lab.engine.journal import Journal, read_journal
from lab.model.event import Drawn
from lab.model.sketch import sketch_of
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_a_network_comes_out_of_a_journal_as_it_went_in(topology: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    drawn = Drawn(sketch=sketch_of(shipped_plan(topology)))
    journal.write(drawn, topology)
    journal.close()
    assert read_journal(journal.path) == (drawn,)


def test_a_network_written_without_direct_connect_has_none(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.write(Drawn(sketch=sketch_of(shipped_plan("sitelink"))), "sitelink")
    journal.close()
    line = json.loads(path.read_text())
    for later in ("dx_gateways", "vifs", "risks"):
        assert line["sketch"].pop(later) is not None
    path.write_text(json.dumps(line) + "\n")
    (event,) = read_journal(path)
    assert isinstance(event, Drawn)
    assert (event.sketch.dx_gateways, event.sketch.vifs, event.sketch.risks) == ((), (), ())
    assert event.sketch.nodes
