"""What is installed is what was tested: locked, complete, and from no particular address."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUNTIME = [*PROJECT["project"]["dependencies"], *EXTRAS["build"]]
LOCKS = [("requirements.lock", RUNTIME), ("requirements-test.lock", [*RUNTIME, *EXTRAS["test"]])]


def name(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement)[0].lower()


@pytest.mark.parametrize(("lock", "wanted"), LOCKS, ids=["to run", "to test"])
def test_a_lock_pins_what_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", text))
    assert {name(requirement) for requirement in wanted} <= set(pinned)


@pytest.mark.parametrize("lock", [lock for lock, _ in LOCKS])
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock: str) -> None:
    line = re.compile(r"[a-z0-9-]+==\S+ (; [^/]+ )?\\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    strange = [each for each in (ROOT / lock).read_text(encoding="utf-8").splitlines() if not line.fullmatch(each)]
    assert strange == []


def test_both_locks_agree() -> None:
    to_run, to_test = ((ROOT / lock).read_text(encoding="utf-8").split("\n") for lock, _ in LOCKS)
    assert {line for line in to_run if "==" in line} <= {line for line in to_test if "==" in line}


def test_the_wheel_carries_every_file_of_the_three_packages(tmp_path: Path) -> None:
    build = f"from hatchling.build import build_wheel; build_wheel({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {each for each in archive.namelist() if ".dist-info/" not in each}
    here = (path for package in ("bot", "handlers", "storage") for path in (ROOT / package).rglob("*"))
    there = {str(path.relative_to(ROOT)) for path in here if path.is_file() and "__pycache__" not in path.parts}
    assert packed == there


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert run[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in run
    assert run[-1] == "exec make test"
