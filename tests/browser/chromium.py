"""A Chromium that shows what its pages need and nothing else, and pictures of whole pages."""

import base64
import shutil
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.browser.waiting import PATIENCE
from tests.ports import free_port

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts"
WIDE, PHONE = 1280, 390

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


def is_installed() -> bool:
    """Whether there is a browser and a driver for it."""
    return bool(CHROMIUM and DRIVER)


def start(profile: Path, language: str = "zh-CN") -> webdriver.Chrome:
    """A browser with an empty profile; the caller quits it."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--accept-lang={language}", f"--lang={language}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(DRIVER, port=free_port()))
    browser.set_page_load_timeout(PATIENCE)
    browser.set_script_timeout(PATIENCE)
    return browser


def resize(browser: webdriver.Chrome, width: int, height: int = 900) -> None:
    """The viewport of a screen that wide; a phone's is a touch screen's."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def in_the_dark(browser: webdriver.Chrome, is_dark: bool) -> None:
    """Whether the reader prefers a dark screen; that nothing should move is preferred always."""
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def picture(browser: webdriver.Chrome, path: Path, *, whole: bool = True) -> None:
    """Stores what the browser shows as PNG: the whole page, or what fits its window."""
    path.parent.mkdir(parents=True, exist_ok=True)
    asked: dict[str, object] = {"format": "png"}
    if whole:
        size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        asked |= {"captureBeyondViewport": True, "clip": {**size, "scale": 1}}
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", asked)
    path.write_bytes(base64.b64decode(shot["data"]))
