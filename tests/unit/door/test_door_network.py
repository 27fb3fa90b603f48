"""Options of predict and audit that exclude each other are refused, and none is ignored in silence."""

import pytest

from lab.door.invocation import Door
from lab.door.verbs import groups

NO_FAILURES = (
    "--failures: this option chooses all sets of up to N components, so it excludes --set, --explain and --availability (leave one out)"
)
NO_SET = "--set: this option cannot be used with --explain (give this set to --explain)"

NO_ALARMS = "--alarms: this option cannot be used with --explain or --availability, because they show no alarms (leave one out)"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("predict --failures 2 --set dx1", [NO_FAILURES]),
        ("predict --failures 1 --availability", [NO_FAILURES]),
        ("predict --failures 2 --explain dx1", [NO_FAILURES]),
        ("predict --set dx1 --explain dx1", [NO_SET]),
        ("predict --failures 2 --set dx1 --explain dx1", [NO_FAILURES, NO_SET]),
        ("predict --alarms --explain dx1", [NO_ALARMS]),
        ("predict --alarms --availability", [NO_ALARMS]),
        ("audit --verbose", ["--verbose: this option works only with --advise (add --advise)"]),
        ("audit --json - --sarif -", ["--sarif: '-' is also where --json is written (give another file)"]),
    ],
)
def test_options_that_exclude_each_other_are_all_told(words: str, told: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Door(groups()).answer(words.split())
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert [line.strip() for line in err.splitlines() if line.strip().startswith("--")] == told
