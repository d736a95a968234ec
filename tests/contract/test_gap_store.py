"""Unanswered questions are sorted by meaning, handled once, and asked again. On SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import select, update

from desk.answer_log import GIVEN, LoggedAnswer, Trouble, answer_log, log_answer, note_trouble
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from editing.actor import operator_actor
from editing.bodies.faq import FaqBody
from editing.documents import document_by_id
from editing.drafting import NewFaq, new_faq
from editing.errors import StaleError, WrongStateError
from editing.gaps import handling
from editing.gaps.asking_again import GapRechecker, NowSaid
from editing.gaps.cluster import GapState, gap_clusters
from editing.gaps.entries import extend_entry, write_entry
from editing.gaps.erasure import forget_vectors
from editing.gaps.handling import Seen
from editing.gaps.history import GapEvent, happenings_of
from editing.gaps.listing import GapFilter, gap_by_id, gap_counts, gap_totals, gaps, questions_of
from editing.gaps.meaning import unit
from editing.gaps.sorting import GapSorter
from editing.settings import GapSettings
from editing.version import knowledge_versions
from knowledge.embedding.fake import FakeEmbedder
from tests.fakes.accounts import add_operator
from tests.fakes.stored import at

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SETTINGS = GapSettings(likeness=0.6, batch=50)
TWINS = ("nghỉ thai sản sinh đôi mấy tháng", "sinh đôi nghỉ thai sản mấy tháng", "nghi thai san sinh doi may thang")
HEATING = ("trợ cấp tiền điện mùa nóng", "tiền điện mùa nóng có trợ cấp")


class FakeMeaning:
    """Texts that share syllables."""

    model = "fake"

    def __init__(self):
        self.asked = []

    def vectors(self, texts):
        self.asked += texts
        return FakeEmbedder().embed_queries(list(texts))

    def compared(self, vectors):
        return unit(np.asarray(vectors, dtype=np.float32))


@pytest.fixture
def lan(engine):
    return operator_actor(add_operator(engine).id)


def ask(engine, *questions, start=1, status="unanswerable_low_score", minutes=0, name="an", document=""):
    with writing(engine) as connection:
        for number, question in enumerate(questions, start=start):
            key = ConversationKey(f"web-{name}{number}", "web", "main", f"{name}{number}")
            ensure_conversation(connection, key, at(0))
            moment = NOW + timedelta(minutes=minutes)
            log_answer(connection, LoggedAnswer(key.id, 2, "web", moment, question, status, document=document))


def sort(engine, now=NOW, meaning=None):
    return GapSorter(engine, SETTINGS).run(meaning or FakeMeaning(), now)


def listed(engine, **wanted):
    with reading(engine) as connection:
        return gaps(connection, GapFilter(**wanted), 50)


def one(engine, cluster_id):
    with reading(engine) as connection:
        return gap_by_id(connection, cluster_id)


def do(engine, handle, *arguments, **more):
    with writing(engine) as connection:
        return handle(connection, *arguments, **more)


def seen(gap):
    return Seen(gap.cluster.id, gap.cluster.revision)


class TestSorting:
    def test_questions_of_one_meaning_are_one_gap_named_by_one_of_them(self, engine):
        ask(engine, *TWINS, *HEATING)
        assert sort(engine) == 5
        first, second = listed(engine)
        assert (first.questions, second.questions) == (3, 2)
        assert first.title in TWINS
        assert (first.people, first.cluster.state) == (3, GapState.OPEN)

    def test_it_goes_on_where_it_was_and_keeps_ids(self, engine):
        ask(engine, *TWINS[:1], *HEATING[:1])
        sort(engine)
        before = {gap.title: gap.cluster.id for gap in listed(engine)}
        ask(engine, *TWINS[1:], *HEATING[1:], name="be")
        assert sort(engine) == 3
        assert {gap.cluster.id: gap.questions for gap in listed(engine)} == {
            before[TWINS[0]]: 3,
            before[HEATING[0]]: 2,
        }
        assert sort(engine) == 0

    def test_the_number_of_similar_questions_is_a_filter(self, engine):
        ask(engine, *TWINS, *HEATING)
        sort(engine)
        assert [gap.questions for gap in listed(engine, least=3)] == [3]

    def test_what_was_erased_before_it_was_sorted_is_left_out(self, engine):
        ask(engine, TWINS[0])
        with writing(engine) as connection:
            connection.execute(update(answer_log).values(question=""))
        assert sort(engine) == 0
        assert listed(engine) == ()

    def test_answers_that_were_wrong_are_sorted_too_and_once(self, engine):
        ask(engine, TWINS[0], status="answered", document="faq/thai-san")
        assert sort(engine) == 0
        for trouble in (Trouble.REJECTED, Trouble.THUMBS_DOWN):
            with writing(engine) as connection:
                note_trouble(connection, "web-an1", 2, trouble, NOW)
            sort(engine)
        (gap,) = listed(engine)
        with reading(engine) as connection:
            (question,) = questions_of(connection, gap.cluster.id, 9)
        assert (gap.questions, question.trouble, question.document) == (1, Trouble.THUMBS_DOWN, "faq/thai-san")

    def test_an_erasure_takes_the_vectors_and_the_next_round_makes_them_of_what_is_left(self, engine):
        ask(engine, *TWINS[:2])
        sort(engine)
        with writing(engine) as connection:
            connection.execute(update(answer_log).where(answer_log.c.conversation_id == "web-an1").values(question=""))
            forget_vectors(connection, "web-an1")
            assert connection.execute(select(gap_clusters.c.vector)).scalar_one() is None
        ask(engine, TWINS[2], name="be")
        meaning = FakeMeaning()
        sort(engine, meaning=meaning)
        (gap,) = listed(engine)
        assert (gap.questions, TWINS[0] in meaning.asked) == (3, False)
        assert gap.title in TWINS[1:]

    def test_another_model_makes_all_vectors_anew(self, engine):
        ask(engine, TWINS[0])
        sort(engine)
        other = FakeMeaning()
        other.model = "other"
        ask(engine, TWINS[1], name="be")
        sort(engine, meaning=other)
        assert [gap.questions for gap in listed(engine)] == [2]

    def test_weeks_without_a_question_are_counted_as_none(self, engine):
        ask(engine, *TWINS[:2])
        ask(engine, TWINS[2], minutes=-60 * 24 * 14, name="be")
        sort(engine)
        with reading(engine) as connection:
            counts = gap_counts(connection, listed(engine)[0].cluster.id, 3, NOW)
        assert counts.weeks == ((date(2026, 11, 9), 1), (date(2026, 11, 16), 0), (date(2026, 11, 23), 2))
        assert (counts.channels, counts.troubles) == ({"web": 3}, {"unanswered": 3})


class TestHandling:
    @pytest.fixture
    def gap(self, engine):
        ask(engine, *TWINS)
        sort(engine)
        return listed(engine)[0]

    def test_two_editors_at_once_do_not_undo_each_other(self, engine, gap, lan):
        do(engine, handling.assign, seen(gap), 7, lan, NOW)
        with pytest.raises(StaleError):
            do(engine, handling.out_of_scope, seen(gap), lan, NOW)
        assert one(engine, gap.cluster.id).cluster.state is GapState.ASSIGNED

    def test_a_note_and_a_name_of_its_own_are_cut_at_their_limits(self, engine, gap, lan):
        do(engine, handling.describe, seen(gap), "  Sinh   đôi " + "x" * 400, "n" * 3_000, lan, NOW)
        described = one(engine, gap.cluster.id)
        assert described.title.startswith("Sinh đôi x")
        assert (len(described.title), len(described.cluster.note)) == (300, 2_000)

    def test_what_is_settled_is_assigned_to_nobody(self, engine, gap, lan):
        do(engine, handling.out_of_scope, seen(gap), lan, NOW)
        with pytest.raises(WrongStateError):
            do(engine, handling.assign, seen(one(engine, gap.cluster.id)), 7, lan, NOW)

    def test_a_duplicate_gives_its_questions_away_and_those_to_come(self, engine, gap, lan):
        ask(engine, *HEATING, name="be")
        sort(engine)
        other = listed(engine)[1]
        do(engine, handling.put_to, seen(other), gap.cluster.id, lan, NOW)
        ask(engine, HEATING[0], name="chi")
        sort(engine)
        assert [(each.cluster.id, each.questions) for each in listed(engine)] == [(gap.cluster.id, 6)]
        assert one(engine, other.cluster.id).cluster.duplicate_of == gap.cluster.id

    def test_it_is_no_duplicate_of_itself_or_of_nothing(self, engine, gap, lan):
        for target in (gap.cluster.id, 999):
            with pytest.raises(WrongStateError):
                do(engine, handling.put_to, seen(gap), target, lan, NOW)

    def test_some_questions_are_split_off_but_never_all(self, engine, gap, lan):
        with reading(engine) as connection:
            ids = [question.id for question in questions_of(connection, gap.cluster.id, 9)]
        for wrong in (ids, [], [999]):
            with pytest.raises(WrongStateError):
                do(engine, handling.split, seen(gap), wrong, lan, NOW)
        new = do(engine, handling.split, seen(gap), ids[:1], lan, NOW)
        assert {each.cluster.id: each.questions for each in listed(engine)} == {gap.cluster.id: 2, new: 1}

    def test_everything_done_stands_in_its_history(self, engine, gap, lan):
        do(engine, handling.assign, seen(gap), 7, lan, NOW)
        do(engine, handling.out_of_scope, seen(one(engine, gap.cluster.id)), lan, NOW)
        do(engine, handling.open_again, seen(one(engine, gap.cluster.id)), lan, NOW)
        with reading(engine) as connection:
            events = [happening.event for happening in happenings_of(connection, gap.cluster.id)]
            totals = gap_totals(connection)
        assert events == [GapEvent.OPENED, GapEvent.OUT_OF_SCOPE, GapEvent.ASSIGNED]
        assert totals[GapState.OPEN] == 1


class TestAskedAgain:
    @pytest.fixture
    def gap(self, engine):
        ask(engine, *TWINS)
        sort(engine)
        return listed(engine)[0]

    def chosen(self, engine, gap):
        with reading(engine) as connection:
            return [question.id for question in questions_of(connection, gap.cluster.id, 9)]

    def publish(self, engine, version, now):
        with writing(engine) as connection:
            mine = update(knowledge_versions).where(knowledge_versions.c.id == version.id)
            connection.execute(mine.values(state="published", published_at=now))

    def test_an_entry_is_written_of_its_questions(self, engine, gap, lan):
        version = do(engine, write_entry, seen(gap), "Thai sản", self.chosen(engine, gap), lan, NOW)
        assert version.title == gap.title
        # The third differs from the first in its diacritics alone.
        assert len(version.body["alternates"]) == 1
        with reading(engine) as connection:
            name = document_by_id(connection, version.document_id).name
        written = one(engine, gap.cluster.id).cluster
        assert (written.state, written.document) == (GapState.WRITING, name)

    def test_it_counts_as_answered_when_that_is_live_and_shows_the_share(self, engine, gap, lan):
        version = do(engine, write_entry, seen(gap), "Thai sản", (), lan, NOW)
        rechecker, name = GapRechecker(engine), one(engine, gap.cluster.id).cluster.document
        replies = iter((NowSaid("answered", name), NowSaid("answered", name), NowSaid("unanswerable_low_score", "")))
        assert rechecker.run("s1", lambda _: next(replies), NOW) == 0
        self.publish(engine, version, NOW + timedelta(minutes=1))
        assert rechecker.run("s2", lambda _: next(replies), NOW + timedelta(minutes=2)) == 1
        settled = one(engine, gap.cluster.id).cluster
        assert (settled.state, settled.checked, settled.answered) == (GapState.ANSWERED, 3, 2)
        assert rechecker.run("s2", lambda _: pytest.fail("asked twice"), NOW) == 0

    def test_who_goes_on_asking_opens_it_again(self, engine, gap, lan):
        do(engine, handling.answered_by, seen(gap), "faq/thai-san", lan, NOW)
        ask(engine, TWINS[0], minutes=5, name="be")
        sort(engine, NOW + timedelta(minutes=6))
        again = one(engine, gap.cluster.id).cluster
        assert (again.state, again.reopened_at) == (GapState.OPEN, NOW + timedelta(minutes=6))

    def test_one_more_question_does_not_open_what_is_not_ours_but_five_do(self, engine, gap, lan):
        do(engine, handling.out_of_scope, seen(gap), lan, NOW)
        for number, state in ((1, GapState.OUT_OF_SCOPE), (5, GapState.OPEN)):
            ask(engine, *[TWINS[0]] * number, minutes=5, name=f"be{number}-")
            sort(engine, NOW + timedelta(minutes=6))
            assert one(engine, gap.cluster.id).cluster.state is state

    @pytest.mark.parametrize("status", GIVEN)
    def test_a_wrong_answer_is_not_mended_by_the_same_entry(self, engine, lan, status):
        ask(engine, "đóng bảo hiểm tự nguyện", status=status, document="faq/sai", name="dung")
        with writing(engine) as connection:
            note_trouble(connection, "web-dung1", 2, Trouble.REJECTED, NOW)
        sort(engine)
        (wrong,) = listed(engine)
        do(engine, handling.answered_by, seen(wrong), "faq/dung", lan, NOW)
        GapRechecker(engine).run("s1", lambda _: NowSaid(status, "faq/sai"), NOW)
        assert one(engine, wrong.cluster.id).cluster.answered == 0

    def test_an_entry_gets_more_wordings_once(self, engine, gap, lan):
        body = FaqBody(question="Nghỉ thai sản mấy tháng?", alternates=(TWINS[0].upper(),))
        version = do(engine, new_faq, NewFaq("Thai sản", body), lan, NOW)
        with reading(engine) as connection:
            document = document_by_id(connection, version.document_id)
        extended = do(engine, extend_entry, seen(gap), document, self.chosen(engine, gap), lan, NOW)
        assert extended.body["alternates"] == [TWINS[0].upper(), TWINS[1]]
        again = one(engine, gap.cluster.id)
        assert do(engine, extend_entry, seen(again), document, self.chosen(engine, gap), lan, NOW).body == extended.body
