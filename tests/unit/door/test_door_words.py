"""Words of the command line, and where the output of a task goes."""

import json
import os
import re
import subprocess
import sys
from enum import Enum

import pytest

from lab import door
from lab.door.values import choice, number, wrong_values
from lab.errors import InputError
from tests.shipped import ROOT


class Colour(Enum):
    """Words to choose from."""

    RED = "red"
    BLUE = "blue"


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    door.say("deploying")
    assert capsys.readouterr() == ("", "· deploying\n")


def test_what_a_verb_shows_makes_room_for_json_on_standard_output() -> None:
    assert door.console("-").file is sys.stderr
    assert door.console("report.json").file is door.console().file is sys.stdout


def test_a_word_chooses_and_another_is_told_with_those_there_are() -> None:
    assert choice("blue", "--colour", Colour) is Colour.BLUE
    with pytest.raises(InputError, match=r"^--colour: 'green' is not one of red, blue$"):
        choice("green", "--colour", Colour)
    with pytest.raises(InputError, match=r"^--colour: 'bleu' is not one of red, blue\. Did you mean blue\?$"):
        choice("bleu", "--colour", Colour)


def test_a_number_is_whole_and_positive_and_may_be_left_out() -> None:
    assert (number("12", "--jobs"), number(None, "--jobs")) == (12, None)


@pytest.mark.parametrize("word", ["0", "-1", "many", "", "1.5", "²", "1e3"])
def test_a_word_that_is_no_such_number_is_told(word: str) -> None:
    with pytest.raises(InputError, match=rf"^--jobs: '{re.escape(word)}' is not a whole number from 1 up$"):
        number(word, "--jobs")


def test_every_wrong_value_of_a_command_line_is_told_at_once() -> None:
    given = [
        ("--timers", "tuned|default", "tunned"),
        ("--ipsec", "userspace|kernel", "kernel"),
        ("--jobs", "N", "two"),
        ("--repeat", "N", "2"),
        ("--json", "FILE", "tunned"),
        ("--topology", "N", ["several", "words"]),
        ("--part", "a|b", None),
    ]
    assert [str(problem) for problem in wrong_values(given)] == [
        "--timers: 'tunned' is not one of tuned, default. Did you mean tuned?",
        "--jobs: 'two' is not a whole number from 1 up",
    ]


@pytest.mark.parametrize(
    ("words", "after"),
    [(["lab-exec", "node", "--", "sh", "-c", "echo 'a  b' --", "--", ""], ["sh", "-c", "echo 'a  b' --", "--", ""]), (["lab-exec"], [])],
)
def test_what_follows_the_dashes_is_kept_as_it_was_typed(words: list[str], after: list[str]) -> None:
    script = "import json; from lab import door; print(json.dumps(door.after_dashes()))"
    # `python -c` would eat the first "--" if it stood right behind it
    result = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert json.loads(result.stdout) == after
