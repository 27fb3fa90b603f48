"""A headless Chromium, driven over its pipe (Chrome DevTools Protocol), that can reach nothing: what a page does is seen, not guessed."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
    """The browser of this host, None if it has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing(program: str, profile: Path) -> Iterator["Browser"]:
    """A browser of its own for the block."""
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
    """Asks and hears; `heard` has every event there was."""

    def __init__(self, orders: int, answers: int) -> None:
        self._orders = os.fdopen(orders, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb")
        self._number = 0
        self._left = b""
        self.heard: list[dict[str, Any]] = []
        self.session: str | None = None

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """What it answers. AssertionError with its error."""
        self._number += 1
        order: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self.session:
            order["sessionId"] = self.session
        self._orders.write(json.dumps(order).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._number:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]
            self.heard.append(message)

    def wait_for(self, method: str) -> None:
        """Hear until that event comes."""
        while not any(message.get("method") == method for message in self.heard):
            self.heard.append(self._next())

    def close(self) -> None:
        """Nothing is asked any more."""
        self._orders.close()
        self._answers.close()

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = os.read(self._answers.fileno(), 1 << 20)
            assert more, "the browser has ended"
            self._left += more
        message, self._left = self._left.split(b"\0", 1)
        return json.loads(message)


class Page:
    """One page in a browser, opened at a width."""

    def __init__(self, browser: Browser, file: Path, width: int, scheme: str) -> None:
        self._browser = browser
        browser.session = None
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        browser.session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.heard.clear()
        for domain in ("Page", "Runtime", "Log", "Network"):
            browser.ask(f"{domain}.enable")
        browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=1000, deviceScaleFactor=1, mobile=False)
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.ask("Page.navigate", url=file.as_uri())
        browser.wait_for("Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """What JavaScript makes of an expression, as JSON can say it."""
        return self._browser.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"]["value"]

    def requests(self) -> list[str]:
        """Every address it asked for."""
        return [m["params"]["request"]["url"] for m in self._browser.heard if m.get("method") == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """Whatever stands in its console."""
        methods = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [json.dumps(message["params"]) for message in self._browser.heard if message.get("method") in methods]

    def screenshot(self, scale: float = 1.0, height: float | None = None) -> bytes:
        """The page from its top, whole or so many pixels of it, as PNG."""
        size = self._browser.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"], "scale": scale}
        taken = self._browser.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(taken["data"])


def _high_pipe() -> tuple[int, int]:
    """A pipe whose ends are out of the way of 3 and 4."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 50) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]
