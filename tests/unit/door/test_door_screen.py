"""`--list` and `-h` show every command, and what they say is true."""

import importlib.metadata
import subprocess
import sys
from enum import Enum

import pytest
from invoke.collection import Collection
from invoke.parser.context import ParserContext

from lab import __version__
from lab.api.bench import Part
from lab.door.command import Command, command
from lab.door.screen import command_help, first_screen, summary
from lab.door.values import NUMBER
from lab.door.verbs import groups
from lab.model.plan import Ipsec, Timers
from tests.shipped import ROOT

COMMANDS = {each.name.replace("_", "-"): each for commands in groups().values() for each in commands}
CHOICES: dict[str, type[Enum]] = {"timers": Timers, "ipsec": Ipsec, "part": Part}


def _context(ours: Command, name: str = "paint") -> ParserContext:
    return ParserContext(name, args=ours.get_arguments())


def _painting() -> Command:
    @command({"jobs N": "painters at the same time", "topology TOPOLOGY": "the network " * 8, "strict": "no mercy"})
    def paint(_: object, colour: str, topology: str | None = None, jobs: str = "1", strict: bool = False, other: str = "") -> None:
        """Paint a network.

        For instance: ./inv paint red
        """

    return paint


def test_the_first_screen_has_every_command_once_in_its_group() -> None:
    screen = first_screen(groups())
    titles = [line for line in screen.splitlines() if line in groups()]
    assert titles == ["start here", "a lab", "checks", "your network", "a workshop", "for developers"]
    told = [line.split()[0] for line in screen.splitlines() if line.startswith("  ")]
    assert told == list(COMMANDS)
    assert told[:2] == ["doctor", "lab-test"]


def test_the_first_screen_fits_eighty_columns() -> None:
    assert max(map(len, first_screen(groups()).splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_short_line_and_help_for_each_word(name: str) -> None:
    ours = COMMANDS[name]
    assert summary(ours)
    assert ";" not in summary(ours)
    arguments = Collection(ours).to_contexts()[0].args
    assert set(ours.order) == {argument.names[0] for argument in arguments.values()}, "help says something else than the function takes"
    assert all(argument.help for argument in arguments.values())
    takers = {argument.names[0] for argument in arguments.values() if argument.takes_value and not argument.positional}
    assert takers <= set(ours.values), "help does not say what a value may be"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_only_short_name_is_t_for_a_topology(name: str) -> None:
    for argument in COMMANDS[name].get_arguments():
        assert argument.nicknames == (("t",) if argument.name == "topology" else ())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_the_values_that_are_taken(name: str) -> None:
    for option, value in COMMANDS[name].values.items():
        if option in CHOICES:
            assert set(value.split("|")) == {str(each.value) for each in CHOICES[option]}
        assert (value == NUMBER) == (option in {"jobs", "repeat", "failures", "sweep", "sample", "seed"})


def test_help_has_the_needed_words_first_then_the_options_in_their_order() -> None:
    ours = _painting()
    assert command_help(ours, _context(ours), 60) == (
        "Usage: ./inv paint COLOUR [options]\n"
        "\n"
        "  Paint a network.\n"
        "\n"
        "  For instance: ./inv paint red\n"
        "\n"
        "  COLOUR\n"
        "  --jobs N                  painters at the same time\n"
        "  -t, --topology TOPOLOGY   the network the network the\n"
        "                            network the network the network\n"
        "                            the network the network the\n"
        "                            network\n"
        "  --strict                  no mercy\n"
        "  --other OTHER\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_of_help_is_wider_than_the_terminal(name: str, width: int) -> None:
    ours = COMMANDS[name]
    context = ParserContext(name, args=ours.get_arguments())
    assert max(map(len, command_help(ours, context, width).splitlines())) <= width


def test_the_version_is_that_of_reports_and_of_the_package() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text()
    assert f'version = "{__version__}"' in pyproject or "dynamic" in pyproject


def test_a_start_leaves_the_real_modules_to_whoever_needs_them_later() -> None:
    script = (
        "import sys; sys.argv[1:] = ['--list']\n"
        "from lab.door.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "import importlib.metadata, unittest.mock\n"
        "print(importlib.metadata.version('invoke'), unittest.mock.Mock.__module__)"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == f"{importlib.metadata.version('invoke')} unittest.mock"


@pytest.mark.parametrize(
    ("words", "code"), [(["--version"], 0), (["--list"], 0), (["lab-tset"], 2), (["lab-test", "--timers", "tunned"], 2)]
)
def test_a_start_that_runs_no_verb_imports_no_heavy_room(words: list[str], code: int) -> None:
    script = (
        "import sys\n"
        f"sys.argv[1:] = {words!r}\n"
        "from lab.door.main import main\n"
        "code = 0\n"
        "try: main()\n"
        "except SystemExit as ending: code = int(ending.code or 0)\n"
        "heavy = {'rich', 'pydantic', 'docker', 'jinja2', 'scapy', 'pyroute2', 'asyncio'}\n"
        "heavy |= {'lab.api', 'lab.intent', 'lab.views.report', 'lab.model'}\n"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == f"{code} []"
