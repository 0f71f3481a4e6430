"""No command opens a network connection: neither the main process nor a worker, seen by Python's audit events."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Python runs a module of this name first in every process that finds it, so in spawned workers too. An attempt is
#: written down, whatever becomes of the error.
WATCH = """
import os, sys

def watch(event, arguments):
    network = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
               "urllib.Request", "http.client.connect")
    if event in network:
        with open(os.environ["NETWORK_LOG"], "a", encoding="utf-8") as log:
            log.write(f"{event} {arguments!r}\\n")
        raise PermissionError("no network in this test")

sys.addaudithook(watch)
"""

REPORT = """云岭省科技创新专项资金2023年度绩效自评报告
2023年，省财政下达科技创新专项资金1000万元（云财教〔2023〕12号），其中：支持企业研发600万元，支持平台建设500万元。
数量指标1，支持企业研发项目数量≥20个，全年实际完成25个。
"""


OWN_CHECK = "-- id: a\n-- severity: note\n-- title: t\n-- text: t\nSELECT document_id FROM documents"


class Watched:
    """Runs Python where every attempt to reach the network is refused and written down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "network.log"
        (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
        (folder / "report.txt").write_text(REPORT, "utf-8")
        (folder / "mine").mkdir()
        (folder / "mine" / "one.sql").write_text(OWN_CHECK, "utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        paths = os.pathsep.join([str(self.folder), str(ROOT)])
        environment = {**os.environ, "PYTHONPATH": paths, "NETWORK_LOG": str(self.log), "LC_ALL": "C.UTF-8"}
        return subprocess.run(  # noqa: S603  # our own program
            [sys.executable, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def attempts(self) -> str:
        return self.log.read_text("utf-8") if self.log.exists() else ""


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_no_command_reaches_the_network(watched: Watched) -> None:
    commands = (
        (0, "import", "report.txt", "--jobs", "2"),
        (1, "check"),
        (1, "check", "report.txt", "--jobs", "2"),
        (0, "show", "report.txt"),
        (0, "sql", "SELECT label, yuan FROM funds"),
        (0, "status"),
        (1, "check", "--checks", "mine", "--new", "--format", "sarif", "--output", "a.sarif"),
        (0, "dismiss"),
        (0, "explain"),
    )
    for status, *command in commands:
        ran = watched.run("-m", "cli", *command)
        assert (ran.returncode, command) == (status, command), ran.stderr
    assert watched.attempts() == ""


def test_no_pdf_reaches_the_network(watched: Watched) -> None:
    samples = sorted((ROOT / "samples").glob("*.pdf"))
    assert samples, "samples/ holds no PDF"
    ran = watched.run("-m", "cli", "check", "--exit-zero", "--jobs", "2", str(samples[0]))
    assert ran.returncode == 0, ran.stderr
    assert watched.attempts() == ""


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import socket; socket.getaddrinfo('localhost', 80)",
    ],
)
def test_an_attempt_is_noticed(watched: Watched, attempt: str) -> None:
    assert watched.run("-c", attempt).returncode != 0
    assert watched.attempts() != ""


def test_an_attempt_of_a_worker_is_noticed(watched: Watched) -> None:
    (watched.folder / "planted.py").write_text(
        "import socket\n"
        "from extractor.workers import ordered\n"
        "def reach(port):\n"
        "    socket.create_connection(('127.0.0.1', port), timeout=1)\n"
        "def ready():\n"
        "    pass\n"
        "if __name__ == '__main__':\n"
        "    import planted\n"
        "    print(list(ordered([9], planted.reach, 2, planted.ready)))\n",
        "utf-8",
    )
    ran = watched.run("planted.py")
    assert "no network in this test" in ran.stdout, ran.stderr
    assert watched.attempts() != ""
