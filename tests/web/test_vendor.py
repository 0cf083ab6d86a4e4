"""What is carried along from others is exactly what was looked at, and its licence stands beside it."""

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from onrecord.web.render import STATIC

HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"  # htmx.org 2.0.11, dist/htmx.min.js
AXE = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # axe-core 4.14.1, axe.min.js


def test_the_vendored_htmx_is_the_published_one() -> None:
    vendor = files("onrecord.web").joinpath("static", "vendor")
    assert sha256(vendor.joinpath("htmx.min.js").read_bytes()).hexdigest() == HTMX
    assert "Zero-Clause BSD" in vendor.joinpath("htmx.LICENSE").read_text(encoding="utf-8")


def test_the_vendored_axe_is_the_published_one_and_not_part_of_the_package() -> None:
    axe = Path(__file__).with_name("vendor") / "axe.min.js"
    assert sha256(axe.read_bytes()).hexdigest() == AXE
    assert not any("axe" in name for name in STATIC)


def test_our_own_files_name_no_other_host() -> None:
    for name in ("style.css", "keys.js", "mark.svg"):
        text = files("onrecord.web").joinpath("static", name).read_text(encoding="utf-8")
        assert "//" not in text.replace("http://www.w3.org/2000/svg", ""), name
        assert "url(" not in text, name
        assert "@import" not in text, name
