"""Scripts: files of the user that an automation runs in a node, and how a run of one ended."""

from dataclasses import dataclass

TIMEOUT_SECONDS = 10.0
"""The default of `Script.timeout`."""

_GRACE_SECONDS = 0.05
"""A script that was ended at its deadline may be measured as a little shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script: its name for reports, its text, and the seconds after which it is ended."""

    name: str
    text: str
    timeout: float = TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRun:
    """What an automation runs: in which node, and which script undoes it. None: the node is repaired at the end of the check."""

    node: str
    script: Script
    undo: Script | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptEnd:
    """How a script ended. `exit_code`: None if its node told none, for instance because it is frozen. `wrote`: the end of its output."""

    exit_code: int | None
    seconds: float
    wrote: str = ""

    def words(self, script: Script) -> str:
        """How it ended, and the last line that it wrote: `drain.sh ended with exit code 3 after 0.21 s: no such neighbor`."""
        how = f"ended with exit code {self.exit_code} after {self.seconds:.2f} s"
        if self.exit_code is None:
            how = f"told no exit code within {self.seconds:.1f} s (is its node frozen?)"
        elif self._is_late(script):
            how = f"did not end within {script.timeout:g} s (`timeout` gives it longer), so it was ended"
        last = next((line for line in reversed(self.wrote.splitlines()) if line.strip()), "")
        return f"{script.name} {how}{f': {last.strip()}' if last else ''}"

    def _is_late(self, script: Script) -> bool:
        return self.exit_code != 0 and self.seconds >= script.timeout - _GRACE_SECONDS
