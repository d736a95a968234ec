"""How the tests are dealt out to several processes."""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadFileScheduling

WHOLE_PRODUCT = "pytest.mark.stack"


class OneProductAtATime(LoadFileScheduling):
    """File by file, as collected; files that start whole products go to one process, one after the other.

    Beside each other they would wait for the processor longer than their tests wait for an answer.
    """

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return WHOLE_PRODUCT if starts_products(Path(str(self.config.rootpath)) / file) else file


@cache
def starts_products(file):
    return WHOLE_PRODUCT in file.read_text(encoding="utf-8")
