"""pytest runs within a test that leave installed packages imported.

pytester puts `sys.modules` back as it was when a run in this process ends. A package first
imported within would then be imported again later, a second set of classes beside the first:
numpy refuses that, and an exception of one set is not caught by the name of the other.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from _pytest.pytester import SysModulesSnapshot


@pytest.fixture(autouse=True)
def keep_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After an inner run, only modules out of temporary folders are forgotten."""
    base = tmp_path_factory.getbasetemp()

    def forget(_: SysModulesSnapshot) -> None:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file and Path(file).is_relative_to(base):
                del sys.modules[name]

    monkeypatch.setattr(SysModulesSnapshot, "restore", forget)
