"""One lab for all tests in this folder. Its healthy routes are remembered."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.api.labs import UpOptions, bring_down, bring_up
from lab.api.running import opened
from lab.engine.proof import remember_once_quiet
from tests.live.commands import ROOT

NAME = "live-hybrid"
"""The shipped hybrid-backup under another name. It has a circuit, tunnels, a gateway and an interconnect: a target for every kind."""


HALF_ROUTED = "{on: FlowDown, do: {static-route: {target: vpn1, side: aws, prefix: 10.2.0.0/17}}}"
"""AWS's endpoints tell the gateway only the static routes that the topology knows."""


@pytest.fixture(scope="package")
def hybrid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the lab."""
    path: Path = tmp_path_factory.mktemp("hybrid") / f"{NAME}.yaml"
    text = (ROOT / "topologies" / "hybrid-backup.yaml").read_text().replace("name: hybrid-backup", f"name: {NAME}")
    path.write_text(re.sub(r"(?m)^automation:.*$", rf"\g<0>\n  half: {HALF_ROUTED}", text))
    bring_up(str(path), UpOptions(), print)
    try:
        with opened(NAME) as lab:
            remember_once_quiet(lab)
        yield NAME
    finally:
        bring_down(NAME, print, every=False)
