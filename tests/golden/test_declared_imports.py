"""What Terraform and CloudFormation declare. Each shape declares what an account in `importers/` has, so both give the same.

A state has AWS's ids, so it has the sites file of the account. Plans and templates have sites files and topologies of their own.
RECORD=1 writes the recorded topologies again.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.api.import_aws import Order
from lab.api.import_terraform import import_terraform
from lab.importers.code_files import read_code
from lab.importers.draft import sites_draft
from lab.importers.drift import differences
from lab.intent import read_commented, read_commented_text, read_template
from lab.views.imports import import_json, remarks_text

GOLDEN = Path(__file__).parent
SHAPES = sorted(path for path in (GOLDEN / "declared").iterdir() if path.is_dir())
OWN = [shape for shape in SHAPES if (shape / "sites.yaml").exists()]
LIKE = {"template-dx-transit": "dx-transit-vpn-backup", "template-one-static-vpn": "one-static-vpn"}
"""The account that a shape declares, if its name differs."""

SECRET = re.compile(r'"(?:tunnel\d_preshared_key|bgp_auth_key|customer_gateway_configuration)": "((?:[^"\\]|\\.)+)"')
ADDRESS = re.compile(r"\b(?:198\.51\.100|203\.0\.113)\.\d+\b(?!/)")
ACCOUNT = re.compile(r"\b\d{12}\b")
MARKED = re.compile(r"Zz9\w+")
"""Secrets that only these files have: outputs, variables, user data, parameters of templates, …"""


def account(shape: Path) -> Path:
    return GOLDEN / "importers" / LIKE.get(shape.name, shape.name)


def sites(shape: Path) -> Path:
    return (shape if shape in OWN else account(shape)) / "sites.yaml"


def secrets(shape: Path) -> Iterator[str]:
    """Every key, address and account id in the files of a shape."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in shape.rglob("*") if path.is_file() and path.name != "topology.yaml")
    for pattern in (SECRET, ADDRESS, ACCOUNT, MARKED):
        yield from pattern.findall(text)


def test_both_sources_are_shown() -> None:
    assert len([shape for shape in SHAPES if shape.name.startswith("template-")]) >= 2
    assert len(SHAPES) >= 7


@pytest.mark.parametrize("shape", OWN, ids=lambda path: path.name)
def test_what_is_declared_becomes_this_topology(shape: Path) -> None:
    made = import_terraform(Order(files=(shape,), sites=sites(shape))).text
    golden = shape / "topology.yaml"
    if os.environ.get("RECORD") == "1":
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_the_same_network_has_the_same_topology_however_it_is_read(shape: Path) -> None:
    ours = read_commented_text(import_terraform(Order(files=(shape,), sites=sites(shape))).text, shape).topology
    theirs = read_commented(account(shape) / "topology.yaml").topology
    assert differences(theirs, ours, {}) == ()
    if shape not in OWN:
        assert ours == theirs


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_no_secret_that_is_declared_is_in_any_output(shape: Path) -> None:
    done = import_terraform(Order(files=(shape,), sites=sites(shape)))
    said = "\n".join([done.text, remarks_text(done.remarks), import_json(done), sites_draft(read_code([shape], read_template))])
    found = set(secrets(shape))
    assert len(found) >= 3
    assert [secret for secret in found if secret in said] == []
