"""A headless Chromium that shows pages and answers questions about them.

It is driven through its DevTools protocol over two pipes: JSON messages, each ended by a zero
byte, on the file descriptors 3 and 4.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def installed_browser() -> str | None:
    """Say which Chromium there is."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


class Browser:
    """One window of the browser."""

    def __init__(self, program: str) -> None:
        """Start it, without a window's frame and without a profile that stays."""
        self.profile = tempfile.mkdtemp(prefix="lamina-browser-")
        to_browser, self.writer = os.pipe()
        reader, from_browser = os.pipe()
        self.reader = os.fdopen(reader, "rb", buffering=0)
        # Away from 3 and 4, so that neither overwrites the other.
        pipes = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in [to_browser, from_browser]]
        redirect = f'exec "$0" "$@" 3<&{pipes[0]} 4>&{pipes[1]}'
        self.process = subprocess.Popen(
            [
                "bash",
                "-c",
                redirect,
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                f"--user-data-dir={self.profile}",
                "--remote-debugging-pipe",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=pipes,
        )
        for end in [to_browser, from_browser, *pipes]:
            os.close(end)
        self.number = 0
        self.unread = b""
        # What the page that is shown asked for, and what the browser said about it.
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.loaded = False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ["Page", "Network", "Runtime", "Log"]:
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        """End it, and remove its profile."""
        os.close(self.writer)
        self.reader.close()
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Ask for something, and give the answer; events that come before it are noted."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        for answer in self.messages():
            if answer.get("id") == self.number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
        message = "the browser ended"
        raise RuntimeError(message)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the window for something."""
        return self.call(method, session=self.session, **parameters)

    def messages(self) -> Iterator[dict[str, Any]]:
        """Give what the browser says, until it ends."""
        while True:
            while b"\0" not in self.unread:
                piece = self.reader.read(1 << 20)
                if not piece:
                    return
                self.unread += piece
            text, _, self.unread = self.unread.partition(b"\0")
            message = json.loads(text)
            self.note(message)
            yield message

    def note(self, message: dict[str, Any]) -> None:
        """Remember events that tests ask about."""
        method = message.get("method")
        if method == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        elif method == "Page.loadEventFired":
            self.loaded = True

    def show(self, page: Path, width: int, scheme: str = "light") -> None:
        """Load a file in a window of this width, and wait until all of it is there."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=features)
        self.requests.clear()
        self.complaints.clear()
        self.loaded = False
        self.ask("Page.navigate", url=page.resolve().as_uri())
        for _ in self.messages():
            if self.loaded:
                return

    def evaluate(self, expression: str) -> Any:
        """Give the value of a JavaScript expression in the page."""
        result = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def screenshot(self) -> bytes:
        """Give the whole page as a PNG file."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        picture = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(picture["data"])
