"""What a door for people needs around Invoke: errors as messages and exit codes, progress lines, files written where asked.

Heavy rooms are imported only when they are used, so that help and mistakes come at once.
"""

import functools
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from lab.door.files import FOLDER, require_folder, require_writable, write, write_folder
from lab.errors import InputError, LabError, Problem
from lab.interrupt import interrupt
from lab.program import COMMAND
from lab.views.plain_text import plain
from lab.views.problem_lines import error_text

if TYPE_CHECKING:  # no circle is hidden: rich alone would cost a tenth of a second at every start
    from rich.console import Console

    from lab.model.outcome import Report

_BROKEN, _WRONG, _UNTOLD, _INTERRUPTED = 1, 2, 3, 130
_WRITTEN = ("json", "junit", "file", "sarif", "save_baseline")
"""What a verb calls the files it writes."""

_Parameters = ParamSpec("_Parameters")


def verb(function: Callable[_Parameters, int]) -> Callable[_Parameters, None]:
    """Run a task's function and exit with its code; an error of ours is its message, never a traceback. SIGTERM, SIGHUP: as Ctrl-C.

    After a success, the next task of the command line is run. A file that it is to write and cannot is refused before it begins. A dry run
    (`-R`) only says what would be run.
    """

    @functools.wraps(function)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        from invoke.context import Context

        if any(isinstance(each, Context) and each.config.run.dry for each in args):
            print(plain(_dry_words(function.__name__, kwargs)))
            return  # the next task of the command line is named, too
        for ending in (signal.SIGTERM, signal.SIGHUP):  # asked to end, or the terminal is gone: end as on Ctrl-C
            signal.signal(ending, interrupt)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored
            signal.signal(signal.SIGINT, interrupt)
        try:
            require_writable({name: kwargs[name] for name in _WRITTEN if isinstance(kwargs.get(name), str)})
            require_folder(kwargs.get(FOLDER))
            code = function(*args, **kwargs)
        except LabError as error:
            complain(error_text(error))
            code = error.exit_code
        except KeyboardInterrupt as end:
            complain(str(end) or f"interrupted ({COMMAND} lab-list shows what still runs, {COMMAND} lab-down removes it)")
            code = _INTERRUPTED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read what a verb only shows has enough
            code = 0
        if code:
            sys.exit(code)

    return run


def _dry_words(task: str, options: Mapping[str, object]) -> str:
    """A task and the words it has, those that are its defaults among them."""
    words = [f"{name.strip('_').replace('_', '-')}={each}" for name, value in options.items() if value for each in _each(value)]
    after = after_dashes()
    return shlex.join(["would", "run", task.replace("_", "-"), *words, *(["--", *after] if after else [])])


def _each(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ["yes" if value is True else value]


def say(line: str) -> None:
    """A line of progress; results go to standard output, this does not."""
    complain(f"· {line}")


def complain(text: str) -> None:
    """Say something on standard error, whatever a file, a name or a node put into it."""
    print(plain(text), file=sys.stderr, flush=True)


def columns() -> int | None:
    """How wide the terminal on standard output is; None where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def console(json: str | None = None) -> "Console":
    """Where a verb shows what it found: standard output, unless JSON goes there."""
    from lab.views.console import console_on

    return console_on(sys.stderr if json == "-" else sys.stdout)


def finish(report: "Report", json: str | None, junit: str | None, folder: str | None = None, save_baseline: str | None = None) -> int:
    """Write and sum up a report; its exit code: what we could not tell outweighs what was broken, and both a file that was not written.

    Broken is also what got worse than in a baseline. A run of which something could not be told is not saved as one. Of one that broke
    promises the last line warns that its figures are a doubtful one.
    """
    from lab.model.outcome import Status
    from lab.views.baseline.as_json import baseline_json
    from lab.views.baseline.words import why_doubtful, why_not_saved
    from lab.views.report.as_json import report_json
    from lab.views.report.junit import report_junit
    from lab.views.report.text import print_summary

    unwritten: list[str] = []
    writings: list[tuple[str | None, Callable[[], None]]] = [
        (json, lambda: write(json, report_json(report))),
        (junit, lambda: write(junit, report_junit(report))),
    ]
    if folder:
        writings.append((f"{folder.rstrip('/')}/index.html", lambda: write_folder(folder, report)))
    if save_baseline and (reason := why_not_saved(report)):
        unwritten.append(f"{save_baseline}: {reason}")
    elif save_baseline:
        writings.append((save_baseline, lambda: write(save_baseline, baseline_json(report))))
    written, missed = _write_all(writings)
    unwritten += missed
    print_summary(console(json), report, [path for path in written if path])
    for problem in unwritten:
        complain(problem)
    if save_baseline and save_baseline in written and (doubt := why_doubtful(report)):
        complain(f"{save_baseline}: {doubt}")
    untold = bool(report.count(Status.ERROR)) or not report.verdicts
    code = _UNTOLD if untold else _BROKEN if report.count(Status.FAIL) or report.is_worse else 0
    return code or (_WRONG if unwritten else 0)


def _write_all(writings: Sequence[tuple[str | None, Callable[[], None]]]) -> tuple[list[str | None], list[str]]:
    """Which files (by path) were written, and why others were not; one that fails keeps no other from being written."""
    from lab.views.console import silence

    written, unwritten = [], []
    for path, writing in writings:
        try:
            writing()
            written.append(path)
        except InputError as error:
            unwritten.append(str(error))
        except BrokenPipeError:
            silence(sys.stdout)  # whoever read our JSON has enough; the verdict and the other files are not theirs alone
    return written, unwritten


def earlier(baseline: str | None, save_baseline: str | None) -> Path | None:
    """The file of an earlier run. InputError where this run would be saved over it: it may be worse, and nobody would see it again."""
    if baseline == "":
        raise InputError([Problem(place="--baseline", message="names no file (give the path of one that --save-baseline wrote)")])
    if baseline and save_baseline and Path(baseline).resolve() == Path(save_baseline).resolve():
        message = f"{save_baseline} is the baseline itself (save to another file, and put that in its place once you have looked)"
        raise InputError([Problem(place="--save-baseline", message=message)])
    return Path(baseline) if baseline else None


def after_dashes() -> list[str]:
    """What follows `--` as it was typed: Invoke itself would join it and lose the quotes."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
