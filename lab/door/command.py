"""Commands as Invoke's tasks. Each option has a long name, a place in the help, and the kind of value that it takes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from invoke.tasks import Task

_Body = Callable[..., None]


class Command(Task[_Body]):
    """A command of our command line, as a task of Invoke. Its options have no short names, except `-t` for the topology.

    `says`: the help of every word and option, in the order of the help. A key is a name, or a name and its value: `timers tuned|default`.
    """

    says: Mapping[str, str] = {}

    @property
    def values(self) -> Mapping[str, str]:
        """For each option, the values that it takes: words to choose from (`tuned|default`), `N` for a whole number, or a name such as
        `FILE`.
        """
        return {name: value for name, _, value in (key.partition(" ") for key in self.says) if value}

    @property
    def order(self) -> Sequence[str]:
        """The names of all words and options, in the order of the help: the important ones first."""
        return [key.partition(" ")[0] for key in self.says]

    def arg_opts(self, name: str, default: Any, taken_names: set[str]) -> dict[str, Any]:
        """What Invoke must know about an option: its help, its kind, and that it has no short name."""
        options = super().arg_opts(name, default, taken_names)
        long = options["names"][0].rstrip("_")  # as_ stands for --as, which is a word of Python
        options["names"] = [long, *(["t"] if long == "topology" else [])]
        options["help"] = next((text for key, text in self.says.items() if key.partition(" ")[0] == long), "")
        return options


def command(says: Mapping[str, str], several: Sequence[str] = ()) -> Callable[[_Body], Command]:
    """A decorator that makes a function a command. `several`: the parameters that a user may give more than once."""

    def made(body: _Body) -> Command:
        ours = Command(body, iterable=several)
        ours.says = says
        return ours

    return made
