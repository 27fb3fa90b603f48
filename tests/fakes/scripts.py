"""FakeScripts: scripts that run in nodes in memory. They understand these lines: `change`, `undo`, `hang` and `exit N`."""

from collections.abc import Callable, Iterator

from lab.model.script import Script, ScriptEnd
from lab.model.status import Difference

SECONDS = 0.2


class FakeScripts:
    """At first no script runs, and none has changed anything. `hang` runs until somebody ends it. Anything else ends at once."""

    def __init__(self) -> None:
        self._running: dict[str, str] = {}
        self._changed: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._running or self._changed)

    def start(self, node: str, script: Script) -> Callable[[], ScriptEnd | None]:
        """Run a script. Gives the function that says how it ended."""
        code = 0
        for line in script.text.splitlines():
            match line.split():
                case ["change"]:
                    self._changed.add(node)
                case ["undo"]:
                    self._changed.discard(node)
                case ["exit", number]:
                    code = int(number)
                case ["hang"]:
                    self._running[node] = script.name
                    return lambda: None
        return lambda: ScriptEnd(exit_code=code, seconds=SECONDS, wrote=f"{script.name} says {code}\n")

    def end(self, node: str) -> None:
        """Kill the scripts of a node."""
        self._running.pop(node, None)

    def clear(self) -> None:
        """Forget everything."""
        self._running.clear()
        self._changed.clear()

    def differences_of(self, node: str) -> Iterator[Difference]:
        if node in self._changed:
            yield Difference(place=node, found="route 10.99.0.0/16 to nowhere", planned="none")
        if node in self._running:
            yield Difference(place=node, found=f"runs the script {self._running[node]}", planned="no script")
