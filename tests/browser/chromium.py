"""A headless Chromium without network access, driven over a pipe (Chrome DevTools Protocol)."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

Answer = dict[str, Any]
"""A JSON message of DevTools."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)


def found() -> str | None:
    """The browser of this host. None if it has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing(program: str, profile: Path) -> Iterator["Browser"]:
    """A new browser that runs while the block runs."""
    orders_out, orders = _high_pipe()
    answers, answers_in = _high_pipe()

    def take_ends() -> None:
        os.dup2(orders_out, 3)
        os.dup2(answers_in, 4)

    process = subprocess.Popen(
        [program, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
        pass_fds=(3, 4),
        preexec_fn=take_ends,  # noqa: PLW1509 - no threads here
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(orders_out)
    os.close(answers_in)
    browser = Browser(orders, answers)
    try:
        yield browser
        browser.ask("Browser.close")
    finally:
        browser.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Browser:
    """Sends commands and reads messages. `heard` has every event."""

    def __init__(self, orders: int, answers: int) -> None:
        self._orders = os.fdopen(orders, "wb", buffering=0)
        self._answers = answers
        self._number = 0
        self._left = b""
        self.heard: list[Answer] = []

    def ask(self, method: str, parameters: Mapping[str, object] = MappingProxyType({}), session: str | None = None) -> Answer:
        """The answer of the browser, or of the page with this session. AssertionError if the answer is an error."""
        self._number += 1
        whose = {"sessionId": session} if session else {}
        order = {"id": self._number, "method": method, "params": dict(parameters)} | whose
        self._orders.write(json.dumps(order).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._number:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]
            self.heard.append(message)

    def events(self, session: str, *methods: str) -> list[Answer]:
        """The events of a page until now."""
        return [each["params"] for each in self.heard if each.get("sessionId") == session and each["method"] in methods]

    def wait_for(self, session: str, method: str) -> None:
        """Wait until the page sends this event."""
        while not self.events(session, method):
            self.heard.append(self._next())

    def close(self) -> None:
        """Close the pipes. No command can be sent afterwards."""
        self._orders.close()
        os.close(self._answers)

    def _next(self) -> Answer:
        while b"\0" not in self._left:
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser has ended"
            self._left += more
        message, self._left = self._left.split(b"\0", 1)
        return json.loads(message)


class Page:
    """A file opened in a browser, `width` pixels wide, in a light or dark scheme, with reduced motion."""

    def __init__(self, browser: Browser, file: Path, width: int, scheme: str) -> None:
        self._browser = browser
        target = browser.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session: str = browser.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", size)
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self._ask("Emulation.setEmulatedMedia", {"features": [{"name": name, "value": value} for name, value in wishes.items()]})
        self._ask("Page.navigate", {"url": file.as_uri()})
        browser.wait_for(self._session, "Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression, as JSON. A promise is awaited. AssertionError if it throws."""
        answer = self._ask("Runtime.evaluate", {"expression": expression, "returnByValue": True, "awaitPromise": True})
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def print(self) -> None:
        """Show the page as on paper."""
        self._ask("Emulation.setEmulatedMedia", {"media": "print"})

    def requests(self) -> list[str]:
        """Every address that the page requested."""
        return [told["request"]["url"] for told in self._browser.events(self._session, "Network.requestWillBeSent")]

    def complaints(self) -> list[str]:
        """Every message in the console of the page."""
        told = self._browser.events(self._session, "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [json.dumps(each) for each in told]

    def screenshot(self, height: float, scale: float = 1.0) -> bytes:
        """The top `height` pixels of the page, as PNG."""
        width = self._ask("Page.getLayoutMetrics")["cssContentSize"]["width"]
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        taken = self._ask("Page.captureScreenshot", {"format": "png", "clip": clip, "captureBeyondViewport": True})
        return base64.b64decode(taken["data"])

    def _ask(self, method: str, parameters: Mapping[str, object] = MappingProxyType({})) -> Answer:
        return self._browser.ask(method, parameters, self._session)


def _high_pipe() -> tuple[int, int]:
    """A pipe whose ends are not the descriptors 3 and 4, which Chromium uses."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 50) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]
