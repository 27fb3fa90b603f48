"""The command that writes a topology for other products."""

from pathlib import Path

from invoke.context import Context

from lab.door import say, verb
from lab.door.command import command
from lab.door.files import write, write_new
from lab.door.help import DEFAULT_HELP, DEFAULT_TOPOLOGY, TIMERS_HELP
from lab.door.values import choice
from lab.errors import InputError, Problem


@command(
    {
        "to ios-xe|junos|strongswan": "for what routers: Cisco IOS XE, Junos (SRX), or strongSwan on Linux",
        "topology TOPOLOGY": DEFAULT_HELP,
        "out DIR": "write one file a router into the folder DIR, and overwrite none (default: standard output)",
        **TIMERS_HELP,
    }
)
@verb
def export(_: Context, to: str | None = None, topology: str = DEFAULT_TOPOLOGY, out: str | None = None, timers: str = "tuned") -> int:
    """Write the configurations of your routers for other products.

    For instance: ./inv export -t hybrid-backup --to ios-xe --out routers

    They show what your routers do in the lab, so that you can compare them with real ones and with AWS's downloads. No key is written.
    Needs no lab and no root.
    """
    from lab.api import export as export_api
    from lab.export import Product
    from lab.model.plan import Timers

    if to is None:
        raise InputError([Problem(place="--to", message=f"say for what routers ({', '.join(each.value for each in Product)})")])
    files = export_api.export_topology(topology, choice(timers, "--timers", Timers), choice(to, "--to", Product), say)
    if out is None:
        write("-", "\n".join(each.text for each in files))
        return 0
    folder = _folder(out, [each.name for each in files])
    for each in files:
        write_new(str(folder / each.name), each.text)
        say(f"wrote {folder / each.name}")
    return 0


def _folder(out: str, names: list[str]) -> Path:
    """The folder, made if needed. Raises one InputError that lists every file that exists already, before anything is written."""
    folder = Path(out)
    if not out:
        raise InputError([Problem(place="--out", message="the path is empty (give the path of a folder)")])
    there = (folder / name for name in names if (folder / name).exists())
    problems = [
        Problem(place=str(each), message="this file exists already, and --out overwrites none (give another folder)") for each in there
    ]
    if problems:
        raise InputError(problems)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError([Problem(place=out, message=f"this folder cannot be made ({error.strerror})")]) from error
    return folder
