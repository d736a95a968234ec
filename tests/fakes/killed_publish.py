"""A process that publishes and is killed while it embeds: python -m tests.fakes.killed_publish URL CONTENT INDEX."""

import os
import signal
import sys
from pathlib import Path

from app.knowledge_base.publishing import PublishingGround, publish_base
from desk.database import build_engine
from editing.actor import Actor
from knowledge.embedding.fake import FakeEmbedder
from tests.fakes.lifecycle import NOW


class Killed(FakeEmbedder):
    """Nothing after this line runs: no clean-up, no commit."""

    def embed_passages(self, texts):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    url, content, index = sys.argv[1:]
    ground = PublishingGround(Path(content), Path(index), Killed())
    publish_base(build_engine(url), ground, Actor(None, "terminal:test"), lambda: NOW, lambda done, total: None)
