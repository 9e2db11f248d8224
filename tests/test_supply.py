"""What the program is made of and how it is run: locked by hash, audited where that can be, closed by default."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

RUN = ROOT / "requirements" / "run.txt"


def test_everything_is_locked_by_its_hash() -> None:
    """Each requirement has one version and at least one hash; none is a link, a path or open to newer versions."""
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert len(lines) > 50
        for line in lines:
            assert re.match(r"[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize(
    ("said", "status", "code", "told"),
    [
        ("No known vulnerabilities found", 0, 0, "没有已知漏洞"),
        ("Found 1 known vulnerability in 1 package", 1, 1, "Found 1"),
        ("starlette Dependency not found and could not be audited", 0, 0, "没有检查"),
        ("Traceback: ConnectionError", 1, 0, "没有检查"),
    ],
    ids=["none", "some", "unknown", "offline"],
)
def test_known_holes_fail_and_no_network_does_not(tmp_path: Path, said: str, status: int, code: int, told: str) -> None:
    """`make lint` fails for a known hole, and says so where the list of holes cannot be had."""
    audit = tmp_path / "pip-audit"
    audit.write_text(f"#!/bin/sh\necho '{said}'\nexit {status}\n", encoding="utf-8")
    audit.chmod(0o755)
    done = subprocess.run([ROOT / ".ci" / "audit", audit], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, told in done.stdout) == (code, True), done.stdout


def test_the_bill_of_materials_names_every_component(tmp_path: Path) -> None:
    """CycloneDX: each locked package with its version and hashes."""
    tool = Path(sys.executable).with_name("cyclonedx-py")
    if not tool.exists():
        pytest.skip("cyclonedx-bom is not installed")
    lines = RUN.read_text(encoding="utf-8").splitlines()
    last = [at for at, line in enumerate(lines) if line.lstrip().startswith("# via")][4] + 1
    few = tmp_path / "few.txt"
    few.write_text("\n".join(lines[:last]) + "\n", encoding="utf-8")
    command = [
        str(tool),
        "requirements",
        "--output-reproducible",
        "--output-file",
        str(tmp_path / "sbom.json"),
        str(few),
    ]
    subprocess.run(command, check=True, capture_output=True)
    found = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    locked = set(re.findall(r"^([a-z0-9._-]+)==(\S+)", few.read_text(encoding="utf-8"), re.MULTILINE))
    assert locked
    assert {(one["name"], one["version"]) for one in found["components"]} == locked


def test_the_unit_is_closed() -> None:
    """systemd finds nothing wrong with the unit but that the program is not there, and calls its exposure small."""
    unit = ROOT / "deploy" / "youju.service"
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read(unit, encoding="utf-8")
    service = parsed["Service"]
    assert service["DynamicUser"] == service["NoNewPrivileges"] == service["ProtectHome"] == "yes"
    assert service["ProtectSystem"] == "strict" and service["CapabilityBoundingSet"] == ""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert not [line for line in done.stderr.splitlines() if unit.name in line and "not executable" not in line]


def test_the_container_is_closed() -> None:
    """No root, a check of its health, hashes required, and no setting that opens more than the port."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    last = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER youju$", last, re.MULTILINE)
    assert last.index("USER youju") < last.index("CMD")
    assert "HEALTHCHECK" in last and "/readyz" in last
    assert "--require-hashes" in text and "ADD http" not in text
    # With hashes required, pip takes nothing that the list does not pin.
    (installed,) = re.findall(r"pip install .*--require-hashes (.*)$", text, re.MULTILINE)
    assert installed == "-r requirements/run.txt"
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE)
    assert all((ROOT / name).exists() for name in copied)


def test_nginx_brings_the_visitors_address_and_the_host() -> None:
    """The example passes what the program needs to limit each visitor, and nothing that a visitor could forge."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header Host $host;" in text
    assert "$proxy_add_x_forwarded_for" not in text
    assert text.count("{") == text.count("}")
