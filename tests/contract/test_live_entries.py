"""Entries are found by what stands in their bodies, without reading all of them. On both databases."""

import pytest

from editing.live_base import live_entries_with
from tests.fakes.knowledge_base import LAW
from tests.fakes.lifecycle import TODAY, KnowledgeDesk


@pytest.fixture
def desk(engine):
    return KnowledgeDesk(engine)


def found(desk, *texts):
    return [one.document.key for one in desk.read(lambda connection: list(live_entries_with(connection, texts, TODAY)))]


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        ((LAW,), ["rut-mot-lan", "sinh-con-tro-cap"]),
        (("muc_tham_chieu",), ["sinh-con-tro-cap"]),
        (("muc%tham", "không có"), []),
        (("muc_tham_chieu", "12 tháng"), ["rut-mot-lan", "sinh-con-tro-cap"]),
        (("",), []),
        ((), []),
    ],
)
def test_they_are_found_whatever_letters_it_has(desk, texts, keys):
    assert sorted(found(desk, *texts)) == keys


def test_only_what_is_served_is_found(desk):
    desk.published(answer="Chỉ bản mới có chữ này.")
    desk.save(desk.draft(), "Bản nháp thì không.")
    assert found(desk, "Chỉ bản mới có chữ này.") == ["rut-mot-lan"]
    assert found(desk, "Bản nháp thì không.") == found(desk, "đủ 12 tháng và chưa đủ 20 năm") == []
