"""FRR's own control sockets, spoken to directly: 0.2 ms a question where vtysh takes 15-45 ms."""

import json
import socket
from pathlib import Path

from lab.errors import NodeError

_TIMEOUT = 2.0


def ask(pid: int, daemon: str, command: str) -> dict[str, object]:
    """The JSON answer of a daemon to a `show … json`; {} where it has nothing to say. NodeError when it does not answer."""
    text = say(pid, daemon, [command]).strip()
    try:
        answer = json.loads(text) if text else {}
    except json.JSONDecodeError as error:
        raise NodeError(f"{daemon}: no JSON in the answer to '{command}': {text[:200]!r}") from error
    return answer if isinstance(answer, dict) else {"list": answer}


def say(pid: int, daemon: str, commands: list[str]) -> str:
    """The text a daemon answers to the last of the commands, given in enable mode. NodeError when it does not answer."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_TIMEOUT)
            line.connect(str(control_socket(pid, daemon)))
            return converse(line, ["enable", *commands])
    except OSError as error:
        raise NodeError(f"{daemon}: does not answer on its control socket ({error})") from error


def configure(pid: int, daemon: str, lines: list[str]) -> str:
    """Give a daemon configuration lines, the last of which may leave that mode (`end`) for commands behind it; what it objected to, "" if
    nothing. NodeError when it does not answer."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_TIMEOUT)
            line.connect(str(control_socket(pid, daemon)))
            return instruct(line, lines)
    except OSError as error:
        raise NodeError(f"{daemon}: does not answer on its control socket ({error})") from error


def instruct(line: socket.socket, lines: list[str]) -> str:
    """What the other end of an open line objects to of these configuration lines, "" if nothing. OSError when it breaks off."""
    objections = []
    for command in ("enable", "configure terminal", *lines):
        line.sendall(command.encode() + b"\0")
        text, code = _read_answer(line)
        if code:
            objections.append(f"{command}: {text.strip() or f'code {code}'}")
    return "; ".join(objections)


def converse(line: socket.socket, commands: list[str]) -> str:
    """The text answered to the last of the commands, given one after the other on an open line. OSError when it breaks off."""
    answer = ""
    for command in commands:
        line.sendall(command.encode() + b"\0")
        answer, _ = _read_answer(line)
    return answer


def control_socket(pid: int, daemon: str) -> Path:
    """Where a node's daemon listens, seen from the host."""
    return Path(f"/proc/{pid}/root/run/frr/{daemon}.vty")


def _read_answer(line: socket.socket) -> tuple[str, int]:
    """Text up to three NULs, and the status byte behind them; 0 is success."""
    data = b""
    while not (len(data) >= 4 and data[-4:-1] == b"\0\0\0"):
        piece = line.recv(1 << 16)
        if not piece:
            raise ConnectionError("closed in mid answer")
        data += piece
    return data[:-4].decode(errors="replace"), data[-1]
