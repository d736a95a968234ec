"""Releases on the editors' pages: compared, published, gone back from; nothing goes out unapproved."""

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction
from desk.database import reading, writing
from editing.actor import operator_actor
from editing.release import ReleaseKind, ReleaseState, knowledge_releases
from editing.releasing import live_release
from editing.rolling_back import roll_back
from editing.version import VersionState
from editing.versions import open_version
from tests.fakes.editors import (
    APPROVER,
    EDITOR,
    FAQ,
    REASON,
    begin,
    editors_site,
    people,
    stored,
    whole_form,
)
from tests.fakes.gate_report import gate_report
from tests.fakes.gateway import now
from tests.fakes.keeping import audited
from tests.fakes.knowledge_base import set_ready

pytestmark = pytest.mark.page
GONE_BACK = "giữ lại khi quay lại bản trước"


@pytest.fixture
def site(engine):
    with editors_site(engine) as made:
        yield made


class TestReleases:
    @pytest.fixture
    def approved(self, site):
        async def make():
            async with people(site, "long", EDITOR) as long, people(site, "mai2", APPROVER, "Đặng Mai") as mai:
                long.site = site
                await begin(long)
                await long.post(FAQ, **whole_form(stored(site), answer="Câu trả lời mới."))
                draft = stored(site)
                await long.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
                await mai.post(f"/console/knowledge/review/{draft.id}/approve", revision=draft.revision)
            return draft

        return make

    async def test_a_release_is_compared_published_and_gone_back_from(self, site, approved):
        draft = await approved()
        async with people(site, "do.an", APPROVER, "Đỗ Thanh An") as an:
            nothing = await an.post("/console/knowledge/releases")
            assert nothing.status_code == 422
            asked = await an.post("/console/knowledge/releases", **{f"version_{draft.id}": "1"})
            path = asked.headers["location"].partition("?")[0]
            assert "progress" in (await an.get(path)).text
            early = await an.post(f"{path}/publish")
            assert early.status_code == 409
            set_ready(site.engine, gate_report(regressions=1))
            refused = await an.post(f"{path}/publish", reason="vì")
            assert (refused.status_code, "trước đây trả lời đúng" in refused.text) == (422, True)
            done = await an.post(f"{path}/publish", reason=REASON)
            assert done.status_code == 303
            assert stored(site).state is VersionState.PUBLISHED
            again = await an.post(f"{path}/publish", reason=REASON)
            assert again.status_code == 409
            assert (await an.get("/console/knowledge/releases")).status_code == 200
        assert audited(site.engine, AuditAction.KNOWLEDGE_PUBLISHED)

    async def test_nobody_goes_back_to_an_index_that_is_gone(self, site, approved):
        draft = await approved()
        with reading(site.engine) as connection:
            former = live_release(connection).id
        async with people(site, "do.an", APPROVER, "Đỗ Thanh An") as an:
            asked = await an.post("/console/knowledge/releases", **{f"version_{draft.id}": "1"})
            set_ready(site.engine, gate_report())
            await an.post(asked.headers["location"].partition("?")[0] + "/publish")
            refused = await an.post(f"/console/knowledge/releases/{former}/roll-back", reason=REASON)
        assert (refused.status_code, "không còn trên máy" in refused.text) == (409, True)
        assert stored(site).state is VersionState.PUBLISHED
        with reading(site.engine) as connection:
            assert live_release(connection).id != former

    async def test_what_waits_because_of_going_back_is_marked_so(self, site, approved):
        draft = await approved()
        with reading(site.engine) as connection:
            former = live_release(connection).id
        async with people(site, "do.an", APPROVER, "Đỗ Thanh An") as an:
            assert GONE_BACK not in (await an.get("/console/knowledge/review")).text
            asked = await an.post("/console/knowledge/releases", **{f"version_{draft.id}": "1"})
            set_ready(site.engine, gate_report())
            await an.post(asked.headers["location"].partition("?")[0] + "/publish")
            with writing(site.engine) as connection:
                roll_back(connection, former, operator_actor(an.id), REASON, now())
            assert GONE_BACK in (await an.get("/console/knowledge/review")).text
            choices = (await an.get("/console/knowledge/releases/new")).text
            assert (GONE_BACK in choices, "checked" in choices) == (True, False)

    async def test_publishing_by_force_needs_a_reason_and_a_confirmation_and_is_listed(self, site):
        async with people(site, "hoang.ha", (Role.EDITOR, Role.APPROVER), "Hoàng Thu Hà") as ha:
            ha.site = site
            await begin(ha)
            await ha.post(FAQ, **whole_form(stored(site), answer="Câu trả lời khẩn."))
            draft = stored(site)
            await ha.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
            asked = await ha.post("/console/knowledge/releases", **{f"version_{draft.id}": "1"})
            path = asked.headers["location"].partition("?")[0]
            set_ready(site.engine, gate_report())
            usual = await ha.post(f"{path}/publish")
            assert (usual.status_code, "chưa được duyệt" in usual.text) == (409, True)
            assert (await ha.post(f"{path}/force", reason=REASON)).status_code == 422
            assert (await ha.post(f"{path}/force", reason="vì", confirmed="1")).status_code == 422
            done = await ha.post(f"{path}/force", reason=REASON, confirmed="1")
            assert done.status_code == 303
            assert REASON in (await ha.get("/console/knowledge/releases")).text
        assert audited(site.engine, AuditAction.KNOWLEDGE_FORCED)

    async def test_a_release_on_an_old_base_is_outdated_and_made_again(self, site, approved):
        draft = await approved()
        async with people(site, "do.an", APPROVER, "Đỗ Thanh An") as an:
            asked = await an.post("/console/knowledge/releases", **{f"version_{draft.id}": "1"})
            path = asked.headers["location"].partition("?")[0]
            with writing(site.engine) as connection:
                columns = knowledge_releases.c
                is_change = columns.kind == ReleaseKind.CHANGES.value
                changed = knowledge_releases.update().where(is_change)
                connection.execute(changed.values(state=ReleaseState.OUTDATED.value))
            assert "Lập lại" in (await an.get(path)).text
            again = await an.post(f"{path}/again")
            assert again.headers["location"].partition("?")[0] != path
            dropped = await an.post(again.headers["location"].partition("?")[0] + "/discard")
            assert dropped.status_code == 303
        with reading(site.engine) as connection:
            assert live_release(connection).kind is ReleaseKind.FILES

    async def test_rejecting_needs_a_reason_that_the_author_reads(self, site):
        async with people(site, "long", EDITOR) as long, people(site, "mai", APPROVER, "Đặng Ngọc Mai") as mai:
            long.site = site
            await begin(long)
            await long.post(FAQ, **whole_form(stored(site), answer="Câu trả lời mới."))
            draft = stored(site)
            await long.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
            path = f"/console/knowledge/review/{draft.id}/reject"
            short = await mai.post(path, revision=draft.revision, reason="chưa")
            assert (short.status_code, "chưa</textarea>" in short.text) == (422, True)
            await mai.post(path, revision=draft.revision, reason="Thiếu căn cứ ở khoản 2.")
            assert "Thiếu căn cứ ở khoản 2." in (await long.get(FAQ)).text
        with reading(site.engine) as connection:
            assert open_version(connection, draft.document_id).state is VersionState.REJECTED

    @pytest.mark.parametrize("path", ["/releases/999", "/review/999", "/faq/khong-co", "/documents/999/history"])
    async def test_what_is_not_there_is_said(self, site, path):
        async with people(site, "mai", APPROVER) as mai:
            assert (await mai.get(f"/console/knowledge{path}")).status_code == 404
