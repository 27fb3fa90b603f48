"""The command `import-terraform`: a draft first, then the topology, then the comparison. Files of Terraform and AWS may be mixed."""

import json
from pathlib import Path

import pytest

from lab.door.invocation import Door
from lab.door.verbs import groups
from tests.golden.test_declared_imports import GOLDEN, secrets

SHAPES = GOLDEN / "declared"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code of `import-terraform` with these words, and what it says on standard output and standard error."""
    code = 0
    try:
        Door(groups()).answer(["import-terraform", *words])
    except SystemExit as ended:
        code = int(ended.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_draft_is_written_first_and_then_the_topology_and_no_secret_is_in_any_output(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shape = SHAPES / "two-vpns-tgw"
    words = [str(shape), "--sites", "sites.yaml", "--out", "my.yaml", "--json", "done.json"]
    code, out, err = answer(words, capsys)
    assert (code, out) == (0, "")
    assert "a draft was written" in err
    draft = (here / "sites.yaml").read_text(encoding="utf-8")
    assert "import-terraform filled in" in draft
    (here / "sites.yaml").write_text(
        draft.replace("prefixes: []", "prefixes: [10.1.0.0/16]", 1).replace("prefixes: []", "prefixes: [10.2.0.0/16]")
    )
    code, out, more = answer(words, capsys)
    assert (code, out) == (0, ""), more
    assert (here / "my.yaml").read_text(encoding="utf-8").startswith("# Made by import-terraform")
    assert json.loads((here / "done.json").read_text())["counts"]["VPN connection"] == 2
    written = "".join(path.read_text(encoding="utf-8") for path in here.iterdir())
    assert [secret for secret in set(secrets(shape)) if secret in err + more + written] == []


def test_a_mistake_leaves_nothing_half_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "main.tf").write_text('resource "aws_vpc" "main" {}\n')
    code, out, err = answer(
        ["main.tf", str(SHAPES / "one-vpn"), "--sites", "sites.yaml", "--out", "my.yaml", "--json", "done.json"], capsys
    )
    assert (code, out) == (2, "")
    assert err.startswith("main.tf:1: this is configuration of Terraform (HCL)")
    assert [path.name for path in here.iterdir()] == ["main.tf"]


def test_check_says_where_terraform_and_the_topology_differ(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = json.loads((SHAPES / "one-static-vpn" / "state.json").read_text(encoding="utf-8"))
    gateway = next(each for each in state["values"]["root_module"]["resources"] if each["type"] == "aws_vpn_gateway")
    gateway["values"]["amazon_side_asn"] = "64999"
    (here / "state.json").write_text(json.dumps(state), encoding="utf-8")
    account = GOLDEN / "importers" / "one-static-vpn"
    words = ["--sites", str(account / "sites.yaml"), "--check", str(account / "topology.yaml")]
    assert answer([str(SHAPES / "one-static-vpn"), *words], capsys)[0] == 0
    code, out, _ = answer(["state.json", *words], capsys)
    assert code == 1
    assert "  AWS:  AmazonSideAsn of vgw-06819c7515112797c is 64999\n  file: asn is 64512\n1 difference" in out


def test_a_circuit_that_terraform_does_not_manage_may_come_from_the_aws_cli(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = json.loads((SHAPES / "dx-two-locations" / "state.json").read_text(encoding="utf-8"))
    root = state["values"]["root_module"]
    root["resources"] = [each for each in root["resources"] if each["type"] != "aws_dx_connection"]
    (here / "state.json").write_text(json.dumps(state), encoding="utf-8")
    account = GOLDEN / "importers" / "dx-two-locations"
    words = ["--sites", str(account / "sites.yaml"), "--check", str(account / "topology.yaml")]
    code, _, err = answer(["state.json", *words], capsys)
    assert code == 2
    assert "its connection dxcon-f7cf6d02 is in no file" in err
    code, out, err = answer(["state.json", str(account / "us-east-1" / "connections.json"), *words], capsys)
    assert (code, out.endswith("the account is as this file says\n")) == (0, True), err


def test_two_plans_with_the_same_addresses_are_two_networks(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = (SHAPES / "one-vpn" / "plan.json").read_text(encoding="utf-8")
    for name in ("east", "west"):
        (here / f"{name}.json").write_text(plan.replace("us-east-1", f"us-{name}-1").replace("65001", f"6500{len(name)}"), encoding="utf-8")
    assert answer(["east.json", "west.json", "--sites", "sites.yaml", "--out", "my.yaml"], capsys)[0] == 0
    draft = (here / "sites.yaml").read_text(encoding="utf-8")
    assert 'east/module.site[\\"hq\\"].aws_customer_gateway.this' in draft
    assert 'west/module.site[\\"hq\\"].aws_customer_gateway.this' in draft


def test_every_mistake_in_the_words_of_the_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = answer([], capsys)
    assert (code, [line.partition(": ")[0] for line in err.splitlines()]) == (2, ["import-terraform", "--sites", "--out"])
    assert "give what `terraform show -json` prints" in err


def test_a_file_that_powershell_wrote_is_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = (SHAPES / "one-vpn" / "plan.json").read_text(encoding="utf-8")
    (here / "plan.json").write_text(plan, encoding="utf-16")
    assert answer(["plan.json", "--sites", str(SHAPES / "one-vpn" / "sites.yaml"), "--out", "-"], capsys)[0] == 0
