"""The folder of a lab on the host. It has everything that must remain between two commands: the nodes' files, the plan, and the lab's lock.
It is removed with the lab.
"""

import errno
import fcntl
import json
import os
import pickle
import secrets
import shutil
import string
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from lab.errors import HostError, LabBusyError
from lab.model.evidence import TimelineEvent
from lab.model.plan import Node, Plan
from lab.model.status import Acted, HandFault
from lab.program import COMMAND, as_root
from lab.runtime.host.turn import give_back, take

ROOT = Path("/run/failover-lab")
_AT_START = "bgpd.at-start"
_FRR = "frr"
_ROUTES = ".routes"
_FAULTS = ".faults"
_ACTIONS = ".actions"
_PARTIAL = ".partial"
_PLAN = ".plan"
_MONITOR = ".monitor"
"""Names of files beside the nodes' folders. No node can have such a name."""
MEASURING = ("lab-test", "workshop-check", "bench")
"""Commands that measure a lab. While one of them holds it, nothing else may load it with probes."""

_KEY_LENGTH = 32
_KEY_ALPHABET = string.ascii_letters + string.digits + "._"


class Home:
    """The files of one lab. Only root may read them, because they contain pre-shared keys."""

    def __init__(self, lab: str, root: Path = ROOT) -> None:
        self.lab = lab
        self._root = root
        self._folder = root / lab
        self._lock = root / f"{lab}.lock"

    @staticmethod
    def known(root: Path = ROOT) -> tuple[str, ...]:
        """The labs with files on this host."""
        return tuple(sorted(path.name for path in root.iterdir() if path.is_dir())) if root.is_dir() else ()

    def exists(self) -> bool:
        """Whether the lab has files on this host."""
        return self._folder.exists()

    @contextmanager
    def held(self, command: str) -> Iterator[None]:
        """Hold the lab's lock while the block runs, so that no other command changes the lab. Commands that only look need no lock.

        Raises LabBusyError if another command holds the lock. It says which command, whose, and since when. When a process ends, its lock
        is free.
        """
        descriptor = self._acquire(command)
        try:
            yield
        finally:
            give_back(self._lock, descriptor)
            _remove_if_empty(self._root)

    def holder(self) -> str | None:
        """The command that holds the lab's lock now: its process id, its user, and since when. None if there is none."""
        try:
            descriptor = os.open(self._lock, os.O_RDONLY)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return os.read(descriptor, 200).decode().strip() or "another command"
        finally:
            os.close(descriptor)
        return None

    def measurer(self) -> str | None:
        """The command that measures the lab now, as `holder` names it. None if there is none."""
        holder = self.holder()
        return holder if holder and any(f"'{command}'" in holder for command in MEASURING) else None

    def mark_partial(self, nodes: int) -> None:
        """Mark the lab as partial: some of its `nodes` nodes are missing or not ready. Does nothing if the lab is already marked."""
        if self.partial() is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._folder / f"{_PARTIAL}.new"
            fresh.write_text(f"{nodes}\n")
            fresh.replace(self._folder / _PARTIAL)

    def mark_whole(self) -> None:
        """Mark the lab as complete: every node exists and has started."""
        (self._folder / _PARTIAL).unlink(missing_ok=True)

    def partial(self) -> int | None:
        """The planned number of nodes, if the lab is partial: it is being deployed or removed, or a command was killed while it did so.

        None if the lab is complete.
        """
        try:
            return int((self._folder / _PARTIAL).read_text())
        except FileNotFoundError:
            return None

    def write_node(self, node: Node, *, are_writable: bool = False) -> Path:
        """Write a node's files, and the FIFO on which the node waits for its cables. Return the folder to mount at /lab.

        `are_writable`: FRR may write its configuration (`write memory`).
        """
        folder = self._node_folder(node.name)
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        os.mkfifo(folder / "go")
        (folder / "daemons").write_text("".join(f"{daemon}\n" for daemon in node.daemons))
        for file in node.files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text)
        for path in (
            folder,
            *folder.rglob("*"),
        ):  # FRR reads as its own user, so the files do not use our umask. Only the folder ROOT keeps other users out.
            path.chmod(0o755 if path.is_dir() else 0o644)
        if are_writable:
            (folder / _FRR).chmod(0o777)
        return folder

    def write_secret(self, nodes: tuple[str, ...], tunnel: str) -> None:
        """Give both ends of a tunnel a new pre-shared key. AWS allows 8-64 of [A-Za-z0-9._], not starting with 0 (V26)."""
        first = secrets.choice(_KEY_ALPHABET.replace("0", ""))
        key = first + "".join(secrets.choice(_KEY_ALPHABET) for _ in range(_KEY_LENGTH - 1))
        for node in nodes:
            path = self._node_folder(node) / "ipsec" / tunnel / "secret.conf"
            path.touch(mode=0o600)
            path.write_text(f'secrets {{\n    ike-{tunnel} {{\n        secret = "{key}"\n    }}\n}}\n')

    def keep_plan(self, plan: Plan) -> None:
        """Keep the plan from which the lab was deployed. If we are killed while writing, the old plan remains."""
        fresh = self._folder / f"{_PLAN}.new"
        fresh.write_bytes(pickle.dumps(plan))
        fresh.replace(self._folder / _PLAN)

    def kept_plan(self, is_it: Callable[[Plan], bool]) -> Plan | None:
        """The plan that was kept, if `is_it` accepts it. None if no plan was kept, or if another version of this tool wrote it."""
        try:
            kept = pickle.loads((self._folder / _PLAN).read_bytes())  # noqa: S301 - only root can have written it
            return kept if isinstance(kept, Plan) and is_it(kept) else None
        except (OSError, pickle.UnpicklingError, EOFError, ImportError, AttributeError, LookupError, TypeError, ValueError):
            return None

    def keep_configuration(self, node: str, text: str) -> None:
        """Keep the configuration that a node's router had at its start."""
        (self._node_folder(node) / _AT_START).write_text(text)

    def kept_configuration(self, node: str) -> str | None:
        """The kept configuration of a node's router. None if there is none."""
        path = self._node_folder(node) / _AT_START
        return path.read_text() if path.exists() else None

    def lacks_daemon(self, node: str, daemon: str) -> bool:
        """Whether the file with which a daemon of FRR starts is gone."""
        return not (self._node_folder(node) / _FRR / f"{daemon}.conf").exists()

    def keep_daemon(self, node: str, daemon: str, text: str) -> None:
        """Make this the configuration with which a daemon of FRR starts from now on. FRR may write it, too."""
        path = self._node_folder(node) / _FRR / f"{daemon}.conf"
        path.write_text(text)
        path.chmod(0o666)  # see write_node

    def keep_routes(self, lines: Iterable[str]) -> None:
        """Keep the routes of the healthy lab."""
        (self._folder / _ROUTES).write_text("".join(f"{line}\n" for line in sorted(lines)))

    def forget_routes(self) -> None:
        """Forget the kept routes, because another network is the healthy one from now on."""
        (self._folder / _ROUTES).unlink(missing_ok=True)

    def kept_routes(self) -> frozenset[str] | None:
        """The kept routes of the healthy lab. None if there are none."""
        path = self._folder / _ROUTES
        return frozenset(path.read_text().splitlines()) if path.exists() else None

    def keep_faults(self, faults: Iterable[HandFault]) -> None:
        """Write the list of the faults of `lab-break` that are in force. If we are killed while writing, the old list remains."""
        faults = tuple(faults)
        if not faults:
            (self._folder / _FAULTS).unlink(missing_ok=True)
            return
        fresh = self._folder / f"{_FAULTS}.new"
        fresh.write_text(json.dumps([asdict(fault) for fault in faults]))
        fresh.replace(self._folder / _FAULTS)

    def kept_faults(self) -> tuple[HandFault, ...]:
        """The faults of `lab-break` in the list."""
        path = self._folder / _FAULTS
        try:
            kept = json.loads(path.read_text()) if path.exists() else []
            return tuple(HandFault(**each | {"parameters": tuple(each["parameters"])}) for each in kept)
        except (OSError, ValueError, TypeError, KeyError) as error:
            way_out = f"{COMMAND} lab-heal repairs the lab and empties the list"
            raise HostError(f"the list of faults {path} cannot be read ({way_out})") from error

    def note_action(self, event: TimelineEvent) -> None:
        """Add what an automation did to the list of actions. Does nothing if the lab is gone."""
        noted = Acted(at=datetime.fromtimestamp(event.at, UTC).isoformat(timespec="milliseconds"), what=event.what)
        with suppress(OSError), (self._folder / _ACTIONS).open("a") as file:
            file.write(f"{json.dumps(asdict(noted))}\n")

    def actions(self) -> tuple[Acted, ...]:
        """What automations did in the lab since it was deployed. Lines that were not written whole are left out."""
        path = self._folder / _ACTIONS
        found = []
        for line in path.read_text().splitlines() if path.exists() else ():
            with suppress(ValueError, TypeError):
                found.append(Acted(**json.loads(line)))
        return tuple(found)

    def release_node(self, node: str) -> bool:
        """Tell a node that its cables are ready. Return False if the node does not listen yet."""
        try:
            descriptor = os.open(self._node_folder(node) / "go", os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno == errno.ENXIO:
                return False
            raise
        os.write(descriptor, b"go\n")
        os.close(descriptor)
        return True

    @property
    def monitor(self) -> Path:
        """The folder of the lab's monitor. It may not exist."""
        return self._folder / _MONITOR

    def clear(self) -> None:
        """Remove the lab's files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _node_folder(self, node: str) -> Path:
        return self._folder / node

    def _acquire(self, command: str) -> int:
        while (descriptor := self._take()) is None:
            if holder := self.holder():  # otherwise the holder is gone, or only looked at the lock
                raise LabBusyError(f"lab {self.lab} is in use by {holder} (wait for this command, or end it)")
        os.ftruncate(descriptor, 0)
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        os.write(descriptor, f"'{command}', process {os.getpid()}, of {_user()} since {since}\n".encode())
        return descriptor

    def _take(self) -> int | None:
        """Take the lock, and return its file descriptor. None if another process holds the lock."""
        try:
            with suppress(FileExistsError):
                self._root.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise HostError(f"the folder {self._root} cannot be made ({error.strerror}; try as root: {as_root()} …)") from error
        try:
            return take(self._lock, wait=False)
        except HostError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None  # the folder was just removed, with the last lab
            raise


def _user() -> str:
    """Who runs this command, also behind sudo."""
    return os.environ.get("SUDO_USER") or "root"


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
