"""Every command of docs/api.md does what the page says, as it stands there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.api.problems import KINDS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:7860/"
BLOCKS = re.findall(r"^```bash\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
CURLS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("curl ")]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.parametrize("line", CURLS)
def test_a_curl_command_is_answered(address: str, line: str) -> None:
    """It is no problem but an answer, in JSON or as events."""
    assert HERE in line
    done = subprocess.run(
        ["sh", "-c", line.replace(HERE, address) + " --fail"], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode("utf-8")
    if "event-stream" in line:
        said = said.partition("event: answer\ndata: ")[2].splitlines()[0]
    assert json.loads(said)


def test_the_receipt_is_verified(tmp_path: Path) -> None:
    """The two commands of the page, one after the other."""
    (block,) = [block for block in BLOCKS if "youju verify" in block]
    youju = f'"{sys.executable}" -m bot.cli'
    script = "".join(line.replace("youju", youju, 1) + "\n" for line in block.splitlines())
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["sh", "-ec", script], cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("相同")


def test_the_configuration_is_json() -> None:
    """The example for an assistant starts the command."""
    (block,) = re.findall(r"^```json\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (server,) = json.loads(block)["mcpServers"].values()
    assert [server["command"], *server["args"]] == ["youju", "mcp"]


def test_every_reason_is_told() -> None:
    """The table of problems knows each of them, beside its status."""
    told = {
        reason: row for row in TEXT.splitlines() if row.startswith("| ") for reason in re.findall(r"`([a-z-]+)`", row)
    }
    for reason, (status, _) in KINDS.items():
        assert str(status) in told[reason]
