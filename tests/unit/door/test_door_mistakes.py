"""Mistakes on a command line: a message in plain words, with the similar word and what to do, and exit code 2."""

import pytest

from lab.door.invocation import Door
from lab.door.mistakes import plain_words
from lab.door.verbs import groups

LIST = "(./inv --list shows all commands)"


def _told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        Door(groups()).answer(["--dry", *words])  # --dry: whatever is understood after all does nothing
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err[-1:]) == (2, "", "\n")
    return err[:-1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("lab-tset", f"there is no command 'lab-tset'. Did you mean lab-test? {LIST}"),
        ("quux", f"there is no command 'quux' {LIST}"),
        ("lab-tset -h", f"there is no command 'lab-tset'. Did you mean lab-test? {LIST}"),
        ("--lst", f"there is no option --lst before a command. Did you mean --list? {LIST}"),
        ("-t x lab-up", f"there is no option -t before a command {LIST}"),
        ("lab-test --stric", "lab-test has no option --stric. Did you mean --strict? (./inv lab-test -h shows its options)"),
        ("lab-up -e", "lab-up has no option -e (./inv lab-up -h shows its options)"),
        ("lab-up -i kernel", "lab-up has no option -i (./inv lab-up -h shows its options)"),
        ("lab-up -t", "--topology needs a value after it (./inv lab-up -h shows its options)"),
        ("lab-report a --save-baseline", "--save-baseline needs a value after it (./inv lab-report -h shows its options)"),
        ("lab-break silent-loss dci --for", "--for needs a value after it (./inv lab-break -h shows its options)"),
        ("lab-break silent-loss", "lab-break needs TARGET after it (./inv lab-break -h shows its options)"),
        ("lab-break", "lab-break needs FAULT TARGET after it (./inv lab-break -h shows its options)"),
        (
            "lab-break silent-loss dci --for 1s --for 3s",
            "--for was given more than once (give it once) (./inv lab-break -h shows its options)",
        ),
        ("lab-up -t a -t b", "-t was given more than once (give it once) (./inv lab-up -h shows its options)"),
        ("lab-up -t a b", "lab-up does not take the word 'b' (./inv lab-up -h shows its options)"),
        (
            "lab-up hybrid-backup",
            "lab-up does not take the word 'hybrid-backup'. Did you mean -t hybrid-backup? (./inv lab-up -h shows its options)",
        ),
        ("lab-up lab-tset", "lab-up does not take the word 'lab-tset'. Did you mean lab-test? (./inv lab-up -h shows its options)"),
    ],
)
def test_what_is_not_understood_is_told_with_the_near_word(words: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _told(words.split(), capsys) == f"inv: {told}"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("lab-test --timers tunned", ["--timers: 'tunned' is not one of tuned, default. Did you mean tuned?"]),
        (
            "lab-test --jobs x --ipsec kernl",
            ["--ipsec: 'kernl' is not one of userspace, kernel. Did you mean kernel?", "--jobs: 'x' is not a whole number from 1 up"],
        ),
        ("lab-list lab-up --timers x", ["--timers: 'x' is not one of tuned, default"]),
        ("schema topolgy", ["KIND: 'topolgy' is not one of topology, check, sites. Did you mean topology?"]),
        ("graph --format png", ["--format: 'png' is not one of svg, mermaid, dot"]),
        (
            "lab-test --sweep 0 --sample x",
            ["--sweep: '0' is not a whole number from 1 up", "--sample: 'x' is not a whole number from 1 up"],
        ),
        ("--list --list-format foo", ["--list-format: 'foo' is not one of flat, nested, json"]),
    ],
)
def test_a_wrong_value_is_told_before_anything_begins(words: str, told: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _told(words.split(), capsys).splitlines() == told


def test_what_has_no_words_of_ours_is_told_as_it_is() -> None:
    assert plain_words(ValueError("something new"), ["lab-up"], {}) == f"something new {LIST}"


@pytest.mark.parametrize("words", [["-V"], ["--version"], ["lab-test", "--version"], ["lab-up", "-V"]])
def test_the_version_is_told_wherever_it_is_asked_for(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Door(groups()).answer(["--dry", *words])
    assert (ended.value.code, capsys.readouterr().out) == (0, "failover-lab 0.1.0\n")


@pytest.mark.parametrize("words", [["--list"], ["-h"], ["--help"], [], ["lab-test", "--list"]])
def test_the_first_screen_is_shown_for_whoever_asks_for_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Door(groups()).answer(["--dry", *words])
    assert ended.value.code in (0, None)
    assert "\nstart here\n  doctor " in capsys.readouterr().out
