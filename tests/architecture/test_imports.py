"""The import contracts of pyproject.toml hold, and would notice if they did not."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.checks import PROJECT

PLANTED = {
    "portal/core/planted.py": "import portal.policy\n",
    "portal/policy/planted.py": "import portal.workflow\n",
    "portal/workflow/planted.py": "import portal.features\n",
    "portal/features/audit/planted.py": "import flask\n",
    "portal/features/planted.py": "import portal.web\n",
    "portal/web/planted.py": "import portal.blueprints\n",
    "portal/features/audit/models.py": "import portal.features.audit.services\n",
    "portal/blueprints/admin/planted.py": "import portal.blueprints.citizen\n",
    "portal/features/audit/circle.py": "import portal.features.campaigns\n",
}
# The two halves of a circle between features.
BACK = {"portal/features/campaigns/circle.py": "import portal.features.audit\n"}


def lint(folder):
    command = [shutil.which("lint-imports", path=f"{sys.prefix}/bin"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PROJECT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("*.ttf"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_run_one_way():
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", PLANTED)
def test_a_planted_import_against_the_stream_is_noticed(copy, path):
    for name, line in ({path: PLANTED[path]} | (BACK if "circle" in path else {})).items():
        file = copy / name
        file.write_text((file.read_text() if file.exists() else '"""Planted."""\n') + line)
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
