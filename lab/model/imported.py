"""What an import gave: what AWS has and the topology has not, or where a topology and an account differ."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that the topology says not at all (`is_left_out`), or only in part.

    `id`: AWS's id. `what`: what AWS has, in AWS's words. `why`: the reason, and what to do if there is something to do.
    """

    id: str
    what: str
    why: str
    is_left_out: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifted:
    """A difference between an account and a topology file. `place`: `file:line: key`. `aws`: what AWS has. `file`: what the file has."""

    place: str
    aws: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """A check as YAML text. `name`: of the check, and of its file without `.yaml`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDone:
    """The end of an import.

    - `draft`: the sites file that was written because there was none. "" if there was one, and then the rest is set.
    - `text`: the topology. `name`: its name. `checks`: those made of experiments of FIS.
    - `counts`: how many things of each kind are in it, with AWS's words.
    - `drifted`: the differences, if a file was checked.
    """

    draft: str = ""
    text: str = ""
    name: str = ""
    checks: tuple[CheckText, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
    drifted: tuple[Drifted, ...] = ()
