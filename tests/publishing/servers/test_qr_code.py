"""The code on the page, as a camera reads it."""

import importlib
import re

import pytest

from runplan.publishing.subscribe_page import subscribe_page

SCALE, BORDER = 4, 4


def drawn(page: str):
    """Draw the path of the code: rows of dark modules, as lines one unit thick."""
    numpy = pytest.importorskip("numpy", reason="it comes with the extra plot")
    (size,) = re.findall(r'viewBox="0 0 (\d+) \1"', page)
    modules = numpy.full((int(size), int(size)), 255, dtype=numpy.uint8)
    (path,) = re.findall(r'class="qrline"[^>]* d="([^"]*)"', page)
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
        if kind == "h":
            modules[int(y), int(x) : int(x + values[0])] = 0
            x += values[0]
        else:
            x, y = values if kind == "M" else (x + values[0], y + values[1])
    return numpy.kron(modules, numpy.ones((SCALE, SCALE), dtype=numpy.uint8))


@pytest.mark.parametrize("length", [1, 100, 1900])
def test_a_camera_reads_the_subscription(miss, length: int) -> None:
    """However long the address is."""
    try:
        zxingcpp = importlib.import_module("zxingcpp")
    except ModuleNotFoundError:
        miss("zxing-cpp")
    url = f"https://example.org/{'a' * length}/download?files=plan.ics&x=1"
    (found,) = zxingcpp.read_barcodes(drawn(subscribe_page("Anna", url)))
    assert found.text == url.replace("https", "webcal")
