"""Accounts made by hand from AWS's public documentation, and the topology of each. RECORD=1 writes the topologies again."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.api.audit import audits
from lab.api.predict import predictions
from lab.api.validate import validate
from lab.importers.build import chosen, mistakes, topology_of
from lab.importers.files import read_account
from lab.intent import read_sites
from lab.model.plan import Timers

SHAPES = sorted(path.parent for path in (Path(__file__).parent / "importers").glob("*/sites.yaml"))
SECRET_KEYS = re.compile(r'"(?:PreSharedKey|authKey|CustomerGatewayConfiguration|customerRouterConfig)": "((?:[^"\\]|\\.)*)"')
ADDRESS_KEYS = re.compile(r'"(?:OutsideIpAddress|IpAddress|amazonAddress|customerAddress)": "([^"/]+)[^"]*"')
OWNER_KEYS = re.compile(r'"(?:\w*[oO]wner\w*)": "([^"]+)"')


def made(shape: Path) -> str:
    """The topology of an account, as text."""
    account = read_account([shape])
    written = read_sites(shape / "sites.yaml")
    written.refuse((each.where, each.message) for each in mistakes(written.sites, chosen(account, written.sites.leave_out), account))
    return topology_of(account, written.sites).text


def secrets(shape: Path) -> Iterator[str]:
    """Every key, address and account id in the files of an account."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in shape.rglob("*.json"))
    for keys in (SECRET_KEYS, ADDRESS_KEYS, OWNER_KEYS):
        yield from keys.findall(text)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_an_account_becomes_this_topology(shape: Path) -> None:
    golden = shape / "topology.yaml"
    if os.environ.get("RECORD") == "1":
        golden.write_text(made(shape), encoding="utf-8")
    assert made(shape) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_an_imported_topology_is_valid_compiles_is_predicted_and_audited(shape: Path) -> None:
    file = str(shape / "topology.yaml")
    assert [problem for each in validate((file,)) for problem in each.problems if "no check of" not in problem.message] == []
    assert predictions((file,), Timers.TUNED, 1)
    assert audits((file,), Timers.TUNED, "5s")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_no_secret_of_an_account_is_in_its_topology(shape: Path) -> None:
    found = set(secrets(shape))
    assert len(found) >= 3
    assert [secret for secret in found if secret in made(shape)] == []
