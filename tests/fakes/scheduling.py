"""How test files are shared out among processes."""

from __future__ import annotations

from typing import Any

from xdist.scheduler.loadscope import LoadScopeScheduling

TOGETHER = {  # look at one demo
    "tests/e2e/test_e2e_demo.py": "demo",
    "tests/e2e/test_e2e_pictures.py": "demo",
    "tests/e2e/test_e2e_tuning.py": "demo",
}


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # the library has no types
    """Tests of one file run in one process, files in the order of collection."""

    def __init__(self, config: Any, log: Any) -> None:
        config.option.loadscopereorder = False  # by number of tests, which says nothing of their length
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return TOGETHER.get(file, file)
