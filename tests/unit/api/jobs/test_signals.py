"""A job is told to end by its connection or by SIGTERM. It ends once, and never in the middle of something."""

import subprocess
import sys

import pytest

from tests.shipped import ROOT

BEGIN = """
import os, signal, threading
from lab.api.jobs.signals import Ending, held_back
ending = Ending()
ending.listen()
"""


def _run(script: str) -> str:
    """The output of a script. It runs in its own process, because it changes the handling of signals."""
    result = subprocess.run([sys.executable, "-c", BEGIN + script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize("how", ["ending.tell()", "threading.Thread(target=ending.tell).start()", "signal.raise_signal(signal.SIGTERM)"])
def test_the_end_interrupts_even_a_call_into_the_kernel(how: str) -> None:
    assert (
        _run(f"""
try:
    {how}
    threading.Event().wait(50)
except KeyboardInterrupt:
    print("interrupted")
""")
        == "interrupted\n"
    )


def test_the_end_comes_once_so_that_nothing_interrupts_the_cleaning_up() -> None:
    assert (
        _run("""
try:
    signal.raise_signal(signal.SIGTERM)
except KeyboardInterrupt:
    signal.raise_signal(signal.SIGTERM)
    ending.tell()
    print("cleared up")
""")
        == "cleared up\n"
    )


@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_signals_from_a_terminal_are_left_to_the_crew(name: str) -> None:
    assert _run(f"signal.raise_signal(signal.{name}); print('goes on')") == "goes on\n"


def test_a_message_is_complete_before_the_end_comes() -> None:
    assert (
        _run("""
try:
    with ending.held():
        signal.raise_signal(signal.SIGTERM)
        print("whole")
    print("too far")
except KeyboardInterrupt:
    print("interrupted")
with ending.held():
    print("told again")
""")
        == "whole\ninterrupted\ntold again\n"
    )


def test_a_job_that_is_already_ending_is_not_interrupted() -> None:
    assert (
        _run("""
ending.ignore()
signal.raise_signal(signal.SIGTERM)
print("removed", ending.is_told)
""")
        == "removed True\n"
    )


def test_a_signal_during_the_start_counts_once_the_process_listens() -> None:
    assert (
        _run("""
import subprocess, sys
late = '''
import signal
from lab.api.jobs.signals import Ending
signal.raise_signal(signal.SIGTERM)
signal.raise_signal(signal.SIGINT)
try:
    Ending().listen()
    print("too far")
except KeyboardInterrupt:
    print("interrupted")
'''
with held_back():
    process = subprocess.Popen([sys.executable, "-c", late])
process.wait()
""")
        == "interrupted\n"
    )
