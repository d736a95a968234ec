"""What a law does to other texts, and what follows from it; on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desk.database import reading, writing
from desk.notices.hold import Scope, hold_on, list_holds
from editing.actor import operator_actor
from editing.bodies.body import body_from_json
from editing.bodies.directive import directive_from_json
from editing.bodies.faq import FaqBasis, FaqBody
from editing.document import DocumentKind
from editing.drafting import DraftChanges, save_draft
from editing.errors import OwnDraftError, StaleError
from editing.relations.deciding import (
    InvalidRelationError,
    approve_relation,
    end_relation,
    propose,
    reject_relation,
)
from editing.relations.dependents import Target, Tie, dependents_of
from editing.relations.flag import (
    count_open_flags,
    flag_by_id,
    flagged,
    flagged_document_ids,
    open_flags,
    settle_flag,
)
from editing.relations.law import NamelessLawError, NewLaw, key_of, laws, record_law
from editing.relations.relation import NewRelation, RelationKind, RelationState, relation_by_id
from editing.version import VersionState
from tests.fakes.knowledge_base import DECREE, LAW, published, published_directive, small_knowledge
from tests.fakes.lifecycle import AN, KnowledgeDesk

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
THE_DAY = date(2027, 1, 1)
EDITOR, APPROVER = operator_actor(1), operator_actor(2)
DIRECTIVE = Path(__file__).resolve().parents[2] / "knowledge/content/directives/1568-BHXH-PC.txt"
FRONT = {"number": "1568/BHXH-PC", "issued_on": "2020-05-20", "kind": "Công văn", "subject": "đôn đốc"}
NEW_DECREE = "Nghị định số 300/2026/NĐ-CP"


@pytest.fixture
def base(engine):
    with writing(engine) as connection:
        small_knowledge(connection)
    return engine


def the_law(engine, document=NEW_DECREE):
    with writing(engine) as connection:
        return record_law(connection, NewLaw(document, THE_DAY), EDITOR, NOW)[0]


def relation(law_id, affected=LAW, articles="", kind=RelationKind.AMENDS, **more):
    return NewRelation(law_id, kind, affected, articles, **{"valid_from": THE_DAY, "valid_to": None, **more})


def proposed(engine, *arguments, **named):
    with writing(engine) as connection:
        return propose(connection, relation(the_law_of(connection), *arguments, **named), EDITOR, NOW)


def the_law_of(connection):
    return record_law(connection, NewLaw(NEW_DECREE, THE_DAY), EDITOR, NOW)[0]


def approved(engine, *arguments, **named):
    made = proposed(engine, *arguments, **named)
    with writing(engine) as connection:
        return made, approve_relation(connection, made, APPROVER, NOW)


def names(engine, target):
    with reading(engine) as connection:
        return {each.name: each.tie for each in dependents_of(connection, target)}


def flagged_names(engine):
    with reading(engine) as connection:
        return {each.document.name for each in flagged(connection, 50)}


class TestLaws:
    def test_the_same_number_is_one_law_however_it_is_written(self, engine):
        with writing(engine) as connection:
            first, is_new = record_law(connection, NewLaw("Nghị định 300/2026/NĐ-CP", THE_DAY), EDITOR, NOW)
            second, is_newer = record_law(connection, NewLaw("nghi dinh so 300/2026/nd-cp", THE_DAY), APPROVER, NOW)
            assert (first == second, is_new, is_newer, len(laws(connection, 9))) == (True, True, False, 1)

    @pytest.mark.parametrize("typed", ["", "số", "...", "—"])
    def test_what_names_nothing_is_no_law(self, typed):
        with pytest.raises(NamelessLawError):
            key_of(typed)


class TestDependents:
    @pytest.mark.parametrize(
        ("articles", "expected"),
        [
            ("", {"faq/rut-mot-lan": Tie.CITES, "faq/sinh-con-tro-cap": Tie.CITES}),
            ("Điều 70", {"faq/rut-mot-lan": Tie.CITES}),
            ("Điều 50 đến Điều 60", {"faq/sinh-con-tro-cap": Tie.CITES}),
            ("Điều 1", {}),
        ],
    )
    def test_entries_that_cite_the_text_at_these_places(self, base, articles, expected):
        assert names(base, Target(key_of(LAW), articles, THE_DAY)) == expected

    def test_a_parameter_whose_value_the_text_sets_and_what_uses_it(self, base):
        expected = {"parameter/muc_tham_chieu": Tie.CITES, "faq/sinh-con-tro-cap": Tie.BY_PARAMETER}
        assert names(base, Target(key_of(DECREE), "Điều 3", THE_DAY)) == expected
        assert names(base, Target(key_of(DECREE), "Điều 4", THE_DAY)) == {}

    def test_a_basis_that_ends_before_the_day_does_not_count(self, base):
        old = FaqBody(question="Hỏi?", legal_basis=(FaqBasis("Luật 58/2014/QH13", "Điều 1", None, date(2026, 12, 31)),))
        with writing(base) as connection:
            published(connection, DocumentKind.FAQ, "cu", old)
        assert names(base, Target(key_of("58/2014/QH13"), "", date(2026, 12, 31))) == {"faq/cu": Tie.CITES}
        assert names(base, Target(key_of("58/2014/QH13"), "", THE_DAY)) == {}

    def test_the_text_itself_where_it_is_in_the_base(self, base):
        front = {"number": "24/QĐ-BHXH", "subject": "Chương trình hành động"}
        with writing(base) as connection:
            published_directive(connection, "24-QD-BHXH", "Điều 1.", front)
        assert names(base, Target(key_of("Quyết định số 24/QĐ-BHXH"), "", THE_DAY)) == {
            "directive/24-QD-BHXH": Tie.IS_IT
        }


class TestDeciding:
    def test_it_has_effects_only_when_somebody_else_approved_it(self, base):
        made = proposed(base, articles="Điều 70")
        assert flagged_names(base) == set()
        with writing(base) as connection, pytest.raises(OwnDraftError):
            approve_relation(connection, made, EDITOR, NOW)
        with writing(base) as connection:
            effects = approve_relation(connection, made, APPROVER, NOW)
        assert (effects.flagged, effects.held, flagged_names(base)) == (1, 0, {"faq/rut-mot-lan"})
        with writing(base) as connection, pytest.raises(StaleError):
            approve_relation(connection, made, operator_actor(3), NOW)

    def test_a_rejected_one_has_none(self, base):
        made = proposed(base)
        with writing(base) as connection:
            reject_relation(connection, made, "Không đúng văn bản.", APPROVER, NOW)
            found = relation_by_id(connection, made)
        assert (found.state, found.decision_note) == (RelationState.REJECTED, "Không đúng văn bản.")
        assert flagged_names(base) == set()
        with writing(base) as connection, pytest.raises(StaleError):
            approve_relation(connection, made, operator_actor(3), NOW)

    def test_ending_takes_its_flags_and_holds_back(self, base):
        made, effects = approved(base, kind=RelationKind.SUSPENDS, valid_to=date(2027, 3, 31))
        assert (effects.flagged, effects.held) == (2, 2)
        with writing(base) as connection:
            end_relation(connection, made, "Ghi nhầm văn bản.", APPROVER, LATER)
            assert all(each.ended_at == LATER for each in list_holds(connection, 9))
        assert flagged_names(base) == set()
        with writing(base) as connection, pytest.raises(StaleError):
            end_relation(connection, made, "Lần nữa.", APPROVER, LATER)

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"affected": "số"}, "nameless"),
            ({"affected": "300/2026/NĐ-CP"}, "itself"),
            ({"kind": RelationKind.SUSPENDS}, "no_end"),
            ({"kind": RelationKind.SUSPENDS, "valid_to": date(2026, 12, 31)}, "end_before_start"),
        ],
    )
    def test_what_makes_no_sense_is_not_recorded(self, base, changes, fault):
        with pytest.raises(InvalidRelationError) as refused:
            proposed(base, **changes)
        assert refused.value.fault == fault

    def test_nor_one_of_a_law_that_is_not_there(self, base):
        with writing(base) as connection, pytest.raises(InvalidRelationError):
            propose(connection, relation(99), EDITOR, NOW)

    def test_an_end_belongs_to_a_suspension_alone(self, base):
        made = proposed(base, valid_to=date(2027, 6, 30))
        with reading(base) as connection:
            assert relation_by_id(connection, made).valid_to is None

    def test_a_suspension_holds_its_answers_from_its_first_to_its_last_day(self, base):
        approved(base, articles="Điều 70", kind=RelationKind.SUSPENDS, valid_to=date(2027, 1, 31))
        moments = {
            datetime(2026, 12, 31, 16, 59, tzinfo=UTC): False,
            datetime(2026, 12, 31, 17, 0, tzinfo=UTC): True,
            datetime(2027, 1, 31, 16, 59, tzinfo=UTC): True,
            datetime(2027, 1, 31, 17, 0, tzinfo=UTC): False,
        }
        with reading(base) as connection:
            held = {at: hold_on(connection, "faq/rut-mot-lan", "", "", at) is not None for at in moments}
            (found,) = list_holds(connection, 9)
        assert (held, found.scope, found.reason) == (moments, Scope.DOCUMENT, NEW_DECREE)

    def test_what_is_published_later_and_rests_on_it_is_held_as_well(self, engine):
        desk = KnowledgeDesk(engine)
        desk.now = NOW
        approved(engine, articles="Điều 71", kind=RelationKind.SUSPENDS, valid_to=date(2027, 1, 31))
        assert desk.read(list_holds, 9) == ()
        draft = desk.draft()
        body = replace(body_from_json(DocumentKind.FAQ, draft.body), legal_basis=(FaqBasis(LAW, "Điều 71"),))
        saved = desk.write(save_draft, draft.id, draft.revision, DraftChanges(body), AN, desk.now)
        release = desk.built(desk.request(desk.approve(desk.submit(saved))))
        desk.publish(release)
        (found,) = desk.read(list_holds, 9)
        assert (found.name, found.reason, found.held_by) == ("faq/rut-mot-lan", NEW_DECREE, APPROVER.operator_id)
        desk.published()
        assert len(desk.read(list_holds, 9)) == 1


class TestFlags:
    def test_a_flag_says_why(self, base):
        approved(base, articles="Điều 70")
        with reading(base) as connection:
            (found,) = flagged(connection, 9)
            assert (found.title, found.flag.law) == ("Khi nào được rút BHXH một lần?", NEW_DECREE)
            assert (found.flag.relation.affected, found.flag.relation.articles) == (LAW, "Điều 70")
            assert flagged_document_ids(connection) == {found.document.id}
            assert open_flags(connection, [found.document.id])[found.document.id] == (found.flag,)
            assert open_flags(connection, []) == {}

    def test_somebody_says_that_it_is_still_right_once(self, base):
        approved(base, articles="Điều 70")
        with writing(base) as connection:
            (found,) = flagged(connection, 9)
            assert settle_flag(connection, found.flag.id, 1, "Chỉ sửa thủ tục.", LATER)
            assert not settle_flag(connection, found.flag.id, 2, "Chỉ sửa thủ tục.", LATER)
            assert (count_open_flags(connection), flag_by_id(connection, found.flag.id)) == (0, None)

    def test_a_version_published_since_settles_it(self, engine):
        desk = KnowledgeDesk(engine)
        desk.now = NOW
        approved(engine, articles="Điều 70")
        assert flagged_names(engine) == {"faq/rut-mot-lan"}
        desk.published()
        assert flagged_names(engine) == set()
        assert desk.read(flagged_document_ids) == frozenset()

    def test_two_relations_make_two_flags_of_one_document(self, base):
        approved(base, articles="Điều 70")
        approved(base, kind=RelationKind.REPEALS)
        with reading(base) as connection:
            assert (count_open_flags(connection), len(flagged(connection, 9))) == (2, 3)


class TestTheTextItself:
    @pytest.fixture
    def desk(self, engine):
        desk = KnowledgeDesk(engine)
        desk.now = NOW
        with writing(engine) as connection:
            published_directive(connection, "1568-BHXH-PC", DIRECTIVE.read_text("utf-8"), FRONT)
        return desk

    def test_an_approved_version_of_it_says_by_what_it_was_replaced(self, engine, desk):
        _, effects = approved(engine, affected="Công văn số 1568/BHXH-PC", kind=RelationKind.REPLACES)
        assert (effects.flagged, effects.marked) == (1, 1)
        found = desk.opened("directive/1568-BHXH-PC")
        assert (found.state, found.author_id, found.decided_by) == (VersionState.APPROVED, 1, 2)
        assert found.body["front"]["changed_by"] == [
            {
                "kind": "replaces",
                "document": NEW_DECREE,
                "articles": "",
                "effective_from": "2027-01-01",
                "effective_to": None,
            }
        ]
        (change,) = directive_from_json(found.body).parsed("1568-BHXH-PC").changed_by
        assert change.effective_from == THE_DAY

    def test_somebodys_draft_of_it_is_left_alone(self, engine, desk):
        draft = desk.draft("directive/1568-BHXH-PC")
        _, effects = approved(engine, affected="1568/BHXH-PC", kind=RelationKind.REPEALS)
        assert (effects.marked, desk.opened("directive/1568-BHXH-PC").id) == (0, draft.id)

    def test_one_that_cannot_be_read_any_more_spoils_nothing(self, engine, desk):
        with writing(engine) as connection:
            published_directive(connection, "9-BHXH-X", "", {"number": "9/BHXH-X", "subject": "trống"})
        _, effects = approved(engine, affected="9/BHXH-X", kind=RelationKind.REPEALS)
        assert (effects.flagged, effects.marked, desk.opened("directive/9-BHXH-X")) == (1, 0, None)
