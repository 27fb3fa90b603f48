"""The command `import-aws`: a draft first, then the topology, then the comparison. No file of the user is ever overwritten."""

import json
from pathlib import Path

import pytest

from lab.door.invocation import Door
from lab.door.verbs import groups
from tests.unit.importers.accounts import ADDRESS, OWNER, SECRET, SITES, customer_gateway, in_files, printed, small, vpc, vpn


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    in_files(tmp_path / "account", small())
    return tmp_path


def answer(words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code of a command line, and what it says on standard output and standard error."""
    code = 0
    try:
        Door(groups()).answer(words.split())
    except SystemExit as ended:
        code = int(ended.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_without_a_sites_file_a_draft_is_written_and_nothing_else(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = answer("import-aws account --sites sites.yaml --out my.yaml", capsys)
    assert (code, out) == (0, "")
    assert err.startswith("sites.yaml did not exist, so a draft was written.")
    assert "QUESTION" in (here / "sites.yaml").read_text(encoding="utf-8")
    assert sorted(path.name for path in here.iterdir()) == ["account", "sites.yaml"]


def test_with_a_sites_file_the_topology_is_written_and_the_rest_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "sites.yaml").write_text(SITES, encoding="utf-8")
    in_files(here / "more", printed(CustomerGateways=[customer_gateway(2)], VpnConnections=[vpn(2, CoreNetworkArn="x")], Subnets=[{}]))
    code, out, err = answer("import-aws account more/us-east-1/2.json --sites sites.yaml --out my.yaml", capsys)
    assert (code, out, "expected the output of" in err) == (2, "", True)
    code, out, err = answer("import-aws account more --sites sites.yaml --out my.yaml --json done.json", capsys)
    assert (code, out) == (0, "")
    assert err.startswith("not in the topology (2):\n  vpn-2: VPN connection: Cloud WAN: a topology has no Cloud WAN\n")
    assert "  2.json: not read: import-aws does not need it. It has the keys Subnets\n" in err
    assert err.endswith("my.yaml: 1 data centre, 1 VPC, 1 gateway, 1 VPN connection, 1 flow\n")
    assert json.loads((here / "done.json").read_text())["remarks"][0]["left_out"] is True
    assert (here / "my.yaml").read_text(encoding="utf-8").startswith("# Made by import-aws")


def test_a_file_that_exists_is_never_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "sites.yaml").write_text(SITES, encoding="utf-8")
    (here / "my.yaml").write_text("mine", encoding="utf-8")
    code, _, err = answer("import-aws account --sites sites.yaml --out my.yaml", capsys)
    assert (code, err) == (2, "my.yaml: this file exists already, and --out never overwrites one (give another path)\n")
    assert (here / "my.yaml").read_text(encoding="utf-8") == "mine"
    assert (here / "sites.yaml").read_text(encoding="utf-8") == SITES


def test_after_a_mistake_nothing_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "sites.yaml").write_text(SITES.replace("cgw-1", "cgw-7"), encoding="utf-8")
    code, _, err = answer("import-aws account --sites sites.yaml --out my.yaml --json done.json", capsys)
    assert code == 2
    assert err.count("sites.yaml:") == 2
    assert sorted(path.name for path in here.iterdir()) == ["account", "sites.yaml"]


def test_check_exits_with_1_if_the_account_has_drifted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "sites.yaml").write_text(SITES, encoding="utf-8")
    assert answer("import-aws account --sites sites.yaml --out my.yaml", capsys)[0] == 0
    assert answer("import-aws account --sites sites.yaml --check my.yaml", capsys)[:2] == (0, "my.yaml: the account is as this file says\n")
    in_files(here / "account", small(asn=64999))
    code, out, _ = answer("import-aws account --sites sites.yaml --check my.yaml", capsys)
    assert code == 1
    assert out == (
        "my.yaml:14: regions.us-east-1.gateways.vgw-1.asn\n"
        "  AWS:  AmazonSideAsn of vgw-1 is 64999\n"
        "  file: asn is 64512\n"
        "1 difference between my.yaml and the account\n"
    )


def test_check_needs_a_sites_file_and_writes_no_draft(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = answer("import-aws account --sites sites.yaml --check my.yaml", capsys)
    assert (code, "sites.yaml: there is no such file" in err) == (2, True)
    assert [path.name for path in here.iterdir()] == ["account"]


def test_the_topology_may_go_to_standard_output(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "sites.yaml").write_text(SITES, encoding="utf-8")
    code, out, _ = answer("import-aws account --sites sites.yaml --out -", capsys)
    assert (code, out.splitlines()[2]) == (0, "name: small")


EXPERIMENT = {
    "description": "Disconnect",
    "targets": {"vifs": {"resourceArns": ["arn:aws:directconnect:us-east-1:210987654321:dxvif/dxvif-1"], "selectionMode": "ALL"}},
    "actions": {
        "cut": {
            "actionId": "aws:directconnect:virtual-interface-disconnect",
            "parameters": {"duration": "PT10M"},
            "targets": {"VirtualInterfaces": "vifs"},
        }
    },
}
VIF = {
    "virtualInterfaceId": "dxvif-1",
    "virtualInterfaceType": "private",
    "connectionId": "dxcon-1",
    "location": "EqDC2",
    "region": "us-east-1",
    "vlan": 101,
    "asn": 65001,
    "virtualGatewayId": "vgw-1",
}


def test_an_experiment_of_fis_becomes_a_check_beside_the_topology(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_files(here / "dx", printed(virtualInterfaces=[VIF]))
    (here / "dx" / "paid.json").write_text(json.dumps(EXPERIMENT), encoding="utf-8")
    (here / "sites.yaml").write_text(SITES.replace("[cgw-1]", "[cgw-1, dxcon-1]"), encoding="utf-8")
    code, out, _ = answer("import-aws account dx --sites sites.yaml --out -", capsys)
    assert (code, "vif-1: {connection: dx-1" in out, (here / "checks").exists()) == (0, True, False)
    code, _, err = answer("import-aws account dx --sites sites.yaml --out my.yaml", capsys)
    assert (code, err.splitlines()[-1]) == (0, "checks/small/fis-paid.yaml: a check")
    check = (here / "checks" / "small" / "fis-paid.yaml").read_text(encoding="utf-8")
    assert "  - {fault: bgp-shutdown, target: vif-1, at: 2s, for: 10s}   # cut: dxvif-1, in FIS for 10 minutes\n" in check
    code, _, err = answer("import-aws account dx --sites sites.yaml --out other.yaml", capsys)
    assert (code, "checks/small/fis-paid.yaml: this check exists already" in err, (here / "other.yaml").exists()) == (2, True, False)


def test_the_script_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = answer("import-aws --script", capsys)
    assert (code, err, out.splitlines()[0]) == (0, "", "#!/bin/sh")


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("import-aws", ["import-aws", "--sites", "--out"]),
        ("import-aws account --profile p --sites s --out o --check c", ["--profile", "--check"]),
        ("import-aws account --region eu-west-1 --sites s --out o", ["--region"]),
        ("import-aws account --sites s --out - --json -", ["--out"]),
    ],
)
def test_every_mistake_in_the_words_is_told(words: str, places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = answer(words, capsys)
    assert (code, [line.partition(": ")[0] for line in err.splitlines()]) == (2, places)


def test_no_secret_is_in_any_output(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = {"Tags": [{"Key": "Name", "Value": f"psk {SECRET}"}]}
    outputs = printed(VpnConnections=[vpn(2, **named)], CustomerGateways=[customer_gateway(2, name=f"{OWNER} {ADDRESS}")], Vpcs=[vpc()])
    in_files(here / "account" / "more", outputs)
    said = "".join(answer("import-aws account --sites sites.yaml --out my.yaml", capsys)[1:])
    draft = (here / "sites.yaml").read_text(encoding="utf-8")
    (here / "sites.yaml").write_text(draft.replace("prefixes: []", "prefixes: [10.1.0.0/16]"), encoding="utf-8")
    code, out, err = answer("import-aws account --sites sites.yaml --out my.yaml --json done.json", capsys)
    assert code == 0, err
    written = "".join(path.read_text(encoding="utf-8") for path in here.iterdir() if path.is_file())
    assert "it looks like a secret, or has an address in it" in err
    assert [secret for secret in (SECRET, ADDRESS, OWNER, "198.51.100") if secret in said + out + err + written] == []
