"""Render the samples from `samples/sources` and write what is expected of the program.

    python -m samples.build              all
    python -m samples.build xiyun-2022   some
    python -m samples.build --facts      only the expected facts, without rendering

Rendering needs Chromium, LibreOffice (`soffice`) and the fonts Noto CJK and Droid Sans Fallback; the tests need none of
them. The arithmetic of every source is proved first, so that nothing contradicts itself but what is planted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from samples.making import html, odf, proofs, truth
from samples.making.paper import Line
from samples.making.source import Sample, read

FOLDER = Path(__file__).resolve().parent
_CHROMIUM = [
    "chromium",
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
    *("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # Tags double the size and say nothing to a reader that goes by places.
    "--disable-pdf-tagging",
]


def main() -> None:
    """Build what the command line names."""
    parser = argparse.ArgumentParser(description="Render the samples and write what is expected of the program.")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--facts", action="store_true", help="only write the expected facts")
    options = parser.parse_args()
    paths = sorted((FOLDER / "sources").glob("*.toml"))
    failed = False
    for path in paths:
        if options.names and path.stem not in options.names:
            continue
        sample = read(path)
        failed |= not _proved(sample)
        _write_expected(sample)
        if not options.facts:
            _render(sample)
    sys.exit(1 if failed else 0)


def _proved(sample: Sample) -> bool:
    """Whether all proofs hold but those that the source lists, and those listed fail."""
    found = proofs.failures(sample.facts)
    listed: list[str] = sample.data.get("broken", [])
    surprises = [failure for failure in found if not any(words in failure for words in listed)]
    surprises += [f"holds, though listed: {words}" for words in listed if not any(words in f for f in found)]
    for surprise in surprises:
        sys.stderr.write(f"{sample.name}: {surprise}\n")
    return not surprises


def _write_expected(sample: Sample) -> None:
    """Write the facts and what is planted; verdicts that were looked at stay."""
    path = FOLDER / "expected" / f"{sample.name}.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    content = {
        "file": _target(sample).name,
        "printed": truth.printed(sample),
        "facts": truth.expected(sample),
        "planted": sample.data.get("planted", []),
        "open": sample.data.get("open", {}),
        "verdicts": kept.get("verdicts"),
    }
    if content["verdicts"] is None:
        del content["verdicts"]
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# --- rendering --------------------------------------------------------------------------------------------------------


def _target(sample: Sample) -> Path:
    return FOLDER / f"{sample.name}.{'txt' if sample.data['producer'] == 'text' else 'pdf'}"


def _render(sample: Sample) -> None:
    target = _target(sample)
    producer = sample.data["producer"]
    if producer == "text":
        lines = [item.text for item in sample.items if isinstance(item, Line)]
        target.write_bytes(("\r\n".join(lines) + "\r\n").encode(sample.data["encoding"]))
        return
    with tempfile.TemporaryDirectory() as folder:
        made = _chromium(sample, Path(folder)) if producer == "chromium" else _libreoffice(sample, Path(folder))
        shutil.copyfile(made, target)
    sys.stderr.write(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB\n")


def _chromium(sample: Sample, folder: Path) -> Path:
    source, made = folder / f"{sample.name}.html", folder / f"{sample.name}.pdf"
    source.write_text(html.page(sample.items, sample.style, sample.data["head"]["title"]), encoding="utf-8")
    _run([*_CHROMIUM, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", source.as_uri()])
    return made


def _libreoffice(sample: Sample, folder: Path) -> Path:
    source = folder / f"{sample.name}.fodt"
    source.write_text(odf.page(sample.items, sample.style), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)])
    return source.with_suffix(".pdf")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)  # noqa: S603


if __name__ == "__main__":
    main()
