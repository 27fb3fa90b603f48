"""What an audit advises on shipped networks, as text. RECORD=1 makes the texts again."""

import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from lab.api.audit import audits
from lab.model.advice import LeftOut
from lab.model.audit import Audit
from lab.model.plan import Timers
from lab.views.audit.as_json import audits_json
from lab.views.audit.as_text import audits_text

RECORDED = Path(__file__).parent / "advice"
NAMES = ("hybrid-backup-tgw", "maximum-resiliency")
BEGIN = "how often each flow is up"


@cache
def _audit(name: str) -> Audit:
    return audits((name,), Timers.TUNED, "5s", advise=True)[0]


def _advice(audit: Audit, *, verbose: bool = False) -> str:
    text = audits_text((audit,), 80, verbose=verbose)
    return text[text.index(BEGIN) :]


@pytest.mark.parametrize("name", NAMES)
def test_the_advice_is_the_recorded_one_and_fits_a_terminal(name: str) -> None:
    path = RECORDED / f"{name}.txt"
    if os.environ.get("RECORD") == "1":
        path.write_text(_advice(_audit(name)), encoding="utf-8")
    assert _advice(_audit(name)) == path.read_text(encoding="utf-8")
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 80


def test_verbose_tells_everything_and_why_something_is_not_possible() -> None:
    audit = _audit("maximum-resiliency")
    assert audit.advised is not None
    some = replace(audit, advised=replace(audit.advised, left_out=(LeftOut(change="a VPN", reason="no more ASNs"),)))
    assert _advice(some).endswith("  1 addition left out (--verbose says why)\n")
    told = _advice(some, verbose=True)
    assert told.endswith("  left out: a VPN: no more ASNs\n")
    assert all(each.change in told for each in audit.advised.advice)


def test_a_flow_that_is_too_large_counts_only_single_failures_and_says_so() -> None:
    audit = _audit("maximum-resiliency")
    first, *others = audit.availability or ()
    told = _advice(replace(audit, availability=(replace(first, most_failures=1), *others))).splitlines()
    assert told[2].strip() == "failures)"
    assert " ".join(told[1:3]).count("(only") == "\n".join(told).count("(only") == 1


def test_the_json_of_an_audit_has_availability_always_and_advice_on_demand() -> None:
    said = json.loads(audits_json((_audit("hybrid-backup-tgw"),)))
    assert {"flow", "probability", "minutes_a_year", "dominated_by"} <= set(said["availability"][0])
    assert [each["change"] for each in said["advice"][:1]] == ["another router at dc1 with a VPN to tgw"]
    assert said["advice"][0]["minutes_saved"] > said["advice"][-1]["minutes_saved"]
    assert said["left_out"] == []
    plain = json.loads(audits_json(audits(("hybrid-backup-tgw",), Timers.TUNED, "5s")))
    assert (plain["availability"], plain["advice"], plain["left_out"]) == (said["availability"], None, None)
    assert BEGIN not in audits_text(audits(("hybrid-backup-tgw",), Timers.TUNED, "5s"))
