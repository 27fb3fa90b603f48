"""How a task ends: errors as messages and exit codes."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from lab import door, errors
from lab.errors import InputError, LabBusyError, LabError, Problem
from tests.shipped import ROOT


def _raising(error: BaseException) -> Callable[[], int]:
    def task() -> int:
        raise error

    return task


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_task_ends_with_its_own_code(ended, code: int) -> None:
    assert ended(lambda: code) == code


def test_a_task_is_called_with_the_words_it_was_given(ended) -> None:
    assert ended(lambda: 0) == 0

    @door.verb
    def task(one: str, *, other: int) -> int:
        """What help shows."""
        return other if one == "x" else -1

    assert (task.__name__, task.__doc__) == ("task", "What help shows.")
    with pytest.raises(SystemExit, match=r"^2$"):
        task("x", other=2)


def test_a_mistake_of_the_writer_is_its_message_and_code_2(ended, capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem(place="lab.yaml:3", message="one"), Problem(place="lab.yaml:7", message="two")]
    assert ended(_raising(InputError(problems))) == 2
    assert capsys.readouterr() == ("", "lab.yaml:3: one\nlab.yaml:7: two\n")


def test_what_we_could_not_tell_is_code_3(ended, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(_raising(LabBusyError("lab x: held by 'lab-up', process 7"))) == 3
    assert capsys.readouterr().err == "lab x: held by 'lab-up', process 7\n"


def test_every_error_of_ours_has_the_code_that_the_tree_of_errors_says() -> None:
    tree = re.findall(r"^(?:[├└]── )?(\w+Error) .*\((\d)\)$", errors.__doc__ or "", flags=re.MULTILINE)
    ours = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, LabError)}
    assert {name: kind.exit_code for name, kind in ours.items()} == {name: int(code) for name, code in tree}


def test_ctrl_c_is_a_word_with_the_way_out_and_code_130(ended, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(_raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err.startswith("interrupted (./inv lab-list")


def test_ctrl_c_says_what_was_undone_where_a_verb_knows(ended, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(_raising(KeyboardInterrupt("interrupted\nundone   link-down dci"))) == 130
    assert capsys.readouterr().err == "interrupted\nundone   link-down dci\n"


def test_being_told_to_terminate_is_like_ctrl_c(ended, capsys: pytest.CaptureFixture[str]) -> None:
    def task() -> int:
        signal.raise_signal(signal.SIGTERM)
        return 0

    assert ended(task) == 130
    assert "interrupted" in capsys.readouterr().err


def test_an_error_that_is_none_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        door.verb(_raising(ZeroDivisionError()))()


def test_a_reader_that_has_enough_ends_a_task_quietly() -> None:
    script = "from lab import door\ndoor.verb(lambda: [print('x' * 70000) for _ in range(100)] and 0)()"
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
