"""Accounts made by hand from AWS's public documentation, and the topology of each. RECORD=1 writes the topologies again."""

import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from lab.api.audit import audits
from lab.api.import_aws import Order, import_aws
from lab.api.predict import predictions
from lab.api.validate import validate
from lab.importers.build import chosen, mistakes, topology_of
from lab.importers.draft import sites_draft
from lab.importers.files import read_account
from lab.intent import read_sites
from lab.model.plan import Timers

SHAPES = sorted(path.parent for path in (Path(__file__).parent / "importers").glob("*/sites.yaml"))
SECRET_KEYS = re.compile(r'"(?:PreSharedKey|authKey|CustomerGatewayConfiguration|customerRouterConfig)": "((?:[^"\\]|\\.)*)"')
ADDRESS_KEYS = re.compile(r'"(?:OutsideIpAddress|IpAddress|amazonAddress|customerAddress)": "([^"/]+)[^"]*"')
OWNER_KEYS = re.compile(r'"(?:\w*[oO]wner\w*)": "([^"]+)"')


def texts(shape: Path) -> dict[str, str]:
    """What an account becomes: the text of each file, by its path from the folder of the account."""
    account = read_account([shape])
    written = read_sites(shape / "sites.yaml")
    written.refuse((each.where, each.message) for each in mistakes(written.sites, chosen(account, written.sites.leave_out), account))
    imported = topology_of(account, written.sites)
    checks = {f"checks/{written.sites.name}/{each.name}.yaml": each.text for each in imported.checks}
    return {"draft.yaml": sites_draft(account), "topology.yaml": imported.text, **checks}


def secrets(shape: Path) -> Iterator[str]:
    """Every key, address and account id in the files of an account."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in shape.rglob("*.json"))
    for keys in (SECRET_KEYS, ADDRESS_KEYS, OWNER_KEYS):
        yield from keys.findall(text)


def test_the_accounts_are_there() -> None:
    assert len(SHAPES) >= 6
    assert len([path for shape in SHAPES for path in shape.glob("checks/*/*.yaml")]) >= 1


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_an_account_becomes_these_files(shape: Path) -> None:
    for name, text in texts(shape).items():
        golden = shape / name
        if os.environ.get("RECORD") == "1":
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8"), name


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_an_imported_topology_is_valid_compiles_is_predicted_and_audited(shape: Path) -> None:
    file = str(shape / "topology.yaml")
    (reviewed,) = validate((file,))
    assert reviewed.problems == ()
    assert predictions((file,), Timers.TUNED, 1)
    assert audits((file,), Timers.TUNED, "5s")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_a_draft_with_its_questions_answered_is_a_sites_file(shape: Path, tmp_path: Path) -> None:
    draft = texts(shape)["draft.yaml"]
    assert draft.count("QUESTION") >= 6
    numbers = count(1)
    path = tmp_path / "sites.yaml"
    path.write_text(re.sub(r"prefixes: \[\]", lambda _: f"prefixes: [10.{next(numbers)}.0.0/16]", draft), encoding="utf-8")
    done = import_aws(Order(files=(shape,), sites=path), print)
    assert done.text


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_no_secret_of_an_account_is_in_what_it_becomes(shape: Path) -> None:
    found = set(secrets(shape))
    assert len(found) >= 3
    assert [(secret, name) for name, text in texts(shape).items() for secret in found if secret in text] == []
