"""The script that collects an account with the AWS CLI, run with a fake `aws`. It only reads, and asks for no secret."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from lab.api.import_aws import collecting_script
from lab.importers.aws_cli import READERS
from lab.importers.build import chosen
from lab.importers.calls import CALLS
from lab.importers.files import read_account
from tests.shipped import ROOT
from tests.unit.importers.accounts import connection

SHAPES = ROOT / "tests" / "golden" / "importers"
FAKE = r"""#!/usr/bin/env python3
import json, pathlib, sys
words = sys.argv[1:]
if "describe-regions" in words:
    print("us-east-1\teu-west-1")
    sys.exit()
region = words[words.index("--region") + 1]
operation = next(word for word in words if word.startswith(("describe-", "list-", "search-", "get-")))
keys = json.loads(pathlib.Path(KEYS).read_text())
here = pathlib.Path(SHAPE)
for file in sorted([*here.glob("*.json"), *here.glob(f"{region}/*.json")]):
    data = json.loads(file.read_text())
    owner = next((word for word in words if word.startswith(("dxvif-", "tgw-rtb-"))), None)
    if keys[operation] in data and (owner is None or owner in data.values()):
        print(json.dumps(data, indent=4))
        sys.exit()
pages = pathlib.Path(KEYS).with_name(f"{operation}.pages")
if pages.exists():
    every = json.loads(pages.read_text())
    number = int(words[words.index("--next-token") + 1]) if "--next-token" in words else 0
    token = str(number + 1) if number + 1 < len(every) else None
    print(json.dumps({keys[operation]: [every[number]], "nextToken": token}, indent=4))
    sys.exit()
if operation == "list-virtual-interface-routes" or (operation == "describe-lags" and pathlib.Path(KEYS).with_name("no-lags").exists()):
    sys.exit(254)
if not pathlib.Path(KEYS).with_name("prints-nothing").exists():
    print(json.dumps({keys[operation]: []}, indent=4))
"""


def run(tmp_path: Path, shape: str, *words: str, by: str = "bash -u") -> subprocess.CompletedProcess[str]:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({call.operation.replace("_", "-"): call.key for call in CALLS}), encoding="utf-8")
    program = tmp_path / "bin" / "aws"
    program.parent.mkdir()
    program.write_text(FAKE.replace("KEYS", repr(str(keys))).replace("SHAPE", repr(str(SHAPES / shape))), encoding="utf-8")
    program.chmod(0o755)
    script = tmp_path / "collect.sh"
    script.write_text(collecting_script(), encoding="utf-8")
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    return subprocess.run([*by.split(), str(script), *words], capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize(("shape", "by"), [("two-regions-one-dxgw", "bash -u"), ("two-vpns-tgw", "sh")])
def test_what_the_script_collects_is_the_account(tmp_path: Path, shape: str, by: str) -> None:
    done = run(tmp_path, shape, str(tmp_path / "collected"), by=by)
    assert done.returncode == 0, done.stderr
    read, expected = chosen(read_account([tmp_path / "collected"])), chosen(read_account([SHAPES / shape]))
    assert (read.vpn_connections, read.virtual_interfaces) == (expected.vpn_connections, expected.virtual_interfaces)
    assert (read.gateways, read.vpcs, read.associations) == (expected.gateways, expected.vpcs, expected.associations)


def test_the_script_reads_only_the_regions_that_are_named(tmp_path: Path) -> None:
    assert run(tmp_path, "two-vpns-tgw", str(tmp_path / "out"), "eu-west-1").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir()) == ["eu-west-1"]


def test_the_script_writes_into_no_folder_that_exists(tmp_path: Path) -> None:
    done = run(tmp_path, "two-vpns-tgw", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "exists already" in done.stderr


def test_all_pages_are_collected_also_of_calls_whose_pages_the_aws_cli_does_not_join(tmp_path: Path) -> None:
    every = [connection(1), connection(2), connection(3)]
    (tmp_path / "describe-connections.pages").write_text(json.dumps(every), encoding="utf-8")
    done = run(tmp_path, "one-vpn", str(tmp_path / "a-page-of-mine"), "us-east-1", by="sh")
    assert done.returncode == 0, done.stderr
    assert len(read_account([tmp_path / "a-page-of-mine"]).connections) == 3


@pytest.mark.parametrize("words", [(), ("prints-nothing",)])
def test_an_account_with_nothing_is_collected_and_then_said_to_have_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    for word in words:
        (tmp_path / word).touch()
    done = run(tmp_path, "no-such-shape", str(tmp_path / "out"), "us-east-1", by="sh")
    assert done.returncode == 0, done.stderr
    assert words or chosen(read_account([tmp_path / "out"])).is_empty
    assert [path for path in (tmp_path / "out").rglob("*.json") if not path.read_text(encoding="utf-8")] == []


def test_only_the_user_can_read_what_is_collected(tmp_path: Path) -> None:
    assert run(tmp_path, "two-vpns-tgw", str(tmp_path / "out"), "us-east-1").returncode == 0
    assert {oct(path.stat().st_mode & 0o077) for path in [tmp_path / "out", *(tmp_path / "out").rglob("*")]} == {"0o0"}


def test_a_call_that_fails_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    (tmp_path / "no-lags").touch()
    done = run(tmp_path, "two-vpns-tgw", str(tmp_path / "out"), "us-east-1")
    assert done.returncode == 1
    assert "not read: directconnect describe-lags in us-east-1 (it needs the permission directconnect:DescribeLags)\n" in done.stderr
    assert "some calls failed, so the files are not complete" in done.stderr
    assert not (tmp_path / "out" / "us-east-1" / "lags.json").exists()
    account = read_account([tmp_path / "out"])
    assert len(account.vpn_connections) == 2
    assert [(each.id, each.what) for each in account.unread] == [("aws directconnect describe-lags", "not read in us-east-1")]


def test_the_script_makes_every_call_and_only_reading_ones() -> None:
    asked = re.findall(r"(ec2|directconnect) ((?:[a-z]+-)+[a-z]+)", collecting_script())
    assert ("ec2", "describe-regions") in asked
    asked = [each for each in asked if each != ("ec2", "describe-regions")]
    assert sorted(asked) == sorted((call.service, call.operation.replace("_", "-")) for call in CALLS)
    assert {operation.partition("-")[0] for _, operation in asked} == {"describe", "get", "list", "search"}


def test_every_call_gives_a_list_that_is_read() -> None:
    assert [call.key for call in CALLS if call.key not in READERS] == []
    assert [call for call in CALLS if READERS[call.key].command != f"aws {call.service} {call.operation.replace('_', '-')}"] == []


def test_the_script_asks_for_no_secret_where_aws_would_print_one() -> None:
    text = collecting_script()
    secret = ("PreSharedKey", "CustomerGatewayConfiguration", "authKey", "customerRouterConfig", "OutsideIpAddress:", "customerAddress")
    assert [word for word in secret if word in text] == []
    for operation in ("describe-vpn-connections", "describe-virtual-interfaces"):
        assert re.search(rf"{operation} --query", text)
