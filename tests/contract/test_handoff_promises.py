"""Each transition of the handoff and each of its promises by name; docs/handoff.md lists them. Any order of all of
them is walked by test_handoff_machine.py, many at once by test_claim_race.py."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from connectors.message import Reply
from desk.calendar.zone import VIETNAM
from desk.database import reading
from desk.handoff.state import EventKind, Priority, State
from desk.worklist import open_work
from tests.fakes.desk_scene import Scene
from tests.fakes.desk_witness import BOT_WORDS


@pytest.fixture
def scene(engine):
    made = Scene(engine)
    yield made
    made.world.close()


class TestToThePerson:
    def test_abstaining_offers_a_person_and_the_assistant_goes_on(self, scene):
        scene.is_answered(Reply(f"{BOT_WORDS}chưa rõ", "unanswerable_low_score", offer="abstained"))
        assert (scene.state, scene.kinds) == (State.OFFERED, [EventKind.OFFERED])
        scene.is_answered(Reply(f"{BOT_WORDS}trả lời", "answered"))
        assert f"{BOT_WORDS}trả lời" in scene.said

    @pytest.mark.parametrize(
        ("reason", "priority"),
        [
            ("requested", Priority.NORMAL),
            ("offered_accepted", Priority.NORMAL),
            ("complaint", Priority.HIGH),
            ("emergency", Priority.URGENT),
            ("scam", Priority.URGENT),
            ("error", Priority.HIGH),
            ("rejected_answer", Priority.NORMAL),
        ],
    )
    def test_each_trigger_brings_the_citizen_into_the_queue_with_its_priority(self, scene, reason, priority):
        scene.world.sits_down(scene.lan)
        scene.wants_person(reason)
        assert (scene.state, scene.stored.episode.priority) == (State.QUEUED, priority)

    @pytest.mark.parametrize(
        ("moment", "is_anybody_there", "words"),
        [
            (datetime(2026, 11, 23, 20, 0, tzinfo=VIETNAM), True, "ngoài giờ làm việc"),
            (datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM), True, "ngoài giờ làm việc"),
            (datetime(2027, 1, 1, 9, 0, tzinfo=VIETNAM), True, "ngày nghỉ lễ"),
            (datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM), False, "đều đang bận hoặc vắng"),
        ],
    )
    def test_where_nobody_can_be_promised_a_call_back_is_and_the_reason_is_said(
        self, scene, moment, is_anybody_there, words
    ):
        scene.world.time = moment
        if is_anybody_there:
            scene.world.sits_down(scene.lan)
        scene.wants_person()
        assert scene.state is State.CALLBACK
        assert words in scene.told[-1]
        assert "BHXH-" in scene.told[-1]

    def test_a_full_queue_is_a_call_back(self, scene):
        scene.world.sits_down(scene.lan)
        for number in range(scene.world.settings.handoff.longest_queue):
            scene.wants_person(citizen=("zalo_oa", f"truoc-{number}"))
        scene.wants_person()
        assert (scene.state, "rất đông người" in scene.told[-1]) == (State.CALLBACK, True)

    def test_who_was_promised_a_call_back_may_still_get_into_the_queue(self, scene):
        scene.wants_person()
        assert scene.state is State.CALLBACK
        scene.world.sits_down(scene.lan)
        scene.wants_person()
        assert scene.state is State.QUEUED


class TestWaiting:
    def test_who_would_rather_not_wait_goes_on_with_the_assistant(self, scene):
        scene.waits()
        scene.writes("Tiếp tục với trợ lý")
        scene.turn()
        scene.looks()
        assert (scene.state, scene.kinds[-1]) == (State.BOT, EventKind.CITIZEN_RETURNED)

    def test_the_dialogue_engine_is_not_even_asked(self, scene):
        scene.waits()
        asked = len(scene.world.life.dialogue.waiting)
        scene.writes("còn ai không?")
        assert scene.turn().answer is None
        assert len(scene.world.life.dialogue.waiting) == asked

    def test_too_long_a_wait_ends_in_a_call_back(self, scene):
        scene.waits()
        scene.later(minutes=14)
        assert scene.state is State.QUEUED
        scene.later(minutes=2)
        assert scene.state is State.CALLBACK

    def test_closing_time_ends_the_wait_but_takes_nobody_from_an_operator(self, scene):
        scene.waits()
        scene.does(scene.lan, "claim")
        scene.does(scene.lan, "reply", text="Chào anh/chị", request_id="yeu-cau-1")
        scene.wants_person(citizen=("web", "ba"))
        scene.world.time = datetime(2026, 11, 23, 17, 1, tzinfo=VIETNAM)
        scene.later()
        with reading(scene.world.engine) as connection:
            states = {item.channel: item.stored.episode.state for item in open_work(connection)}
        assert states == {"zalo_oa": State.CLAIMED, "web": State.CALLBACK}

    def test_everybody_who_waits_is_on_the_list_of_work(self, scene):
        scene.waits()
        with reading(scene.world.engine) as connection:
            assert [item.stored.id for item in open_work(connection)] == [scene.stored.id]

    def test_call_backs_of_a_long_holiday_crowd_nobody_out_who_waits_now(self, scene):
        for number in range(3):
            scene.wants_person(citizen=("zalo_oa", f"hen-{number}"))
        scene.waits()
        scene.wants_person("emergency", citizen=("web", "ba"))
        with reading(scene.world.engine) as connection:
            shown = [item.stored.episode for item in open_work(connection, most=2)]
        assert [(one.state, one.priority) for one in shown] == [
            (State.QUEUED, Priority.URGENT),
            (State.QUEUED, Priority.NORMAL),
        ]


class TestWithThePerson:
    @pytest.fixture(autouse=True)
    def _lan_has_it(self, scene):
        scene.waits(scene.lan, scene.minh)
        assert scene.does(scene.lan, "claim") == 200

    def test_the_citizen_hears_who_has_come(self, scene):
        assert scene.told[-1] == "Cán bộ Lan đã vào cuộc trò chuyện và sẽ trả lời anh/chị."

    def test_a_colleague_takes_it_over_only_by_accepting(self, scene):
        assert scene.does(scene.lan, "forward", to=scene.minh, note="nhờ anh") == 200
        assert (scene.state, scene.stored.episode.operator_id) == (State.FORWARDING, scene.lan)
        assert scene.does(scene.minh, "forward/accept") == 200
        assert (scene.state, scene.stored.episode.operator_id) == (State.CLAIMED, scene.minh)
        assert "Cán bộ Minh" in scene.told[-1]

    @pytest.mark.parametrize("ends", ["declined", "withdrawn", "timeout"])
    def test_what_is_not_accepted_stays_where_it_was_and_the_citizen_hears_nothing(self, scene, ends):
        scene.does(scene.lan, "forward", to=scene.minh, note="nhờ anh")
        told = scene.told
        match ends:
            case "declined":
                scene.does(scene.minh, "forward/decline")
            case "withdrawn":
                scene.does(scene.lan, "forward/withdraw")
            case "timeout":
                scene.later(minutes=3)
        assert (scene.state, scene.stored.episode.operator_id, scene.told) == (State.CLAIMED, scene.lan, told)

    def test_silence_brings_the_citizen_back_to_the_front_of_the_queue(self, scene):
        scene.writes("Anh/chị ơi?")
        since = scene.stored.episode.waiting_since
        scene.later(minutes=21)
        assert (scene.state, scene.stored.episode.waiting_since) == (State.QUEUED, since)

    def test_who_came_back_to_the_queue_is_not_sent_off_at_once(self, scene):
        scene.writes("Anh/chị ơi?")
        scene.later(minutes=21)
        scene.world.sits_down(scene.minh)
        scene.later(seconds=15)
        assert scene.state is State.QUEUED

    def test_giving_back_is_an_event_and_the_assistant_answers_new_messages(self, scene):
        scene.writes("cho người")
        scene.world.takes_turn()
        assert scene.does(scene.lan, "give-back") == 200
        assert (scene.state, scene.kinds[-1]) == (State.BOT, EventKind.GIVEN_BACK)
        scene.is_answered(Reply(f"{BOT_WORDS}đây", "answered"))
        assert scene.said[-1] == f"{BOT_WORDS}đây"

    def test_the_next_message_after_a_close_opens_a_new_episode(self, scene):
        assert scene.does(scene.lan, "close", reason="answered") == 200
        scene.world.sits_down(scene.lan)
        scene.wants_person()
        assert (scene.stored.number, scene.state) == (2, State.QUEUED)

    def test_nobody_whose_last_words_wait_for_an_answer_is_closed_for_silence(self, scene):
        scene.writes("Còn đó không?")
        scene.later(hours=13)
        assert State.CLOSED not in {scene.state}
        assert EventKind.CLOSED not in scene.kinds

    def test_an_answered_conversation_without_words_is_closed(self, scene):
        scene.does(scene.lan, "reply", text="Xong rồi ạ", request_id="yeu-cau-1")
        scene.later(hours=13)
        assert scene.state is State.CLOSED

    def test_staff_in_the_channels_own_tool_do_not_end_the_operators_time(self, scene):
        scene.writes("tôi trả lời từ điện thoại", kind="staff_wrote")
        scene.world.passes(hours=9)
        scene.writes("alo")
        turn = scene.turn()
        while turn is not None and turn.answer is None:
            turn = scene.turn()
        assert turn is None


class TestWhatIsLate:
    def test_an_answer_computed_before_a_take_over_is_never_said(self, scene):
        scene.wants_person()
        scene.writes("câu hỏi khác")
        turn = scene.turn()
        assert scene.does(scene.lan, "claim") == 200
        scene.world.ends_turn(turn, Reply(f"{BOT_WORDS}muộn", "answered"))
        scene.looks()
        assert f"{BOT_WORDS}muộn" not in scene.said

    def test_not_even_when_the_operator_has_given_it_back_meanwhile(self, scene):
        scene.wants_person()
        scene.writes("câu hỏi khác")
        turn = scene.turn()
        scene.does(scene.lan, "claim")
        scene.does(scene.lan, "give-back")
        scene.world.ends_turn(turn, Reply(f"{BOT_WORDS}muộn", "answered"))
        scene.looks()
        assert f"{BOT_WORDS}muộn" not in scene.said

    def test_who_takes_somebody_who_waited_for_hours_gets_the_time_to_read(self, scene):
        scene.wants_person()
        scene.world.passes(hours=3)
        scene.does(scene.lan, "claim")
        scene.later(minutes=19)
        assert scene.state is State.CLAIMED
        scene.later(minutes=2)
        assert scene.state is State.QUEUED

    def test_a_second_wish_for_a_person_begins_to_wait_anew(self, scene):
        scene.waits()
        scene.does(scene.lan, "claim")
        scene.does(scene.lan, "give-back")
        scene.world.passes(minutes=30)
        scene.waits()
        episode = scene.stored.episode
        assert (episode.waiting_since, episode.claimed_at) == (scene.world.time, None)

    def test_a_crash_leaves_neither_the_move_nor_its_sentence(self, scene):
        scene.waits()
        before, told = scene.stored, scene.told
        scene.world.transactions.loses_next = True
        assert scene.does(scene.lan, "claim") == 503
        assert (scene.stored, scene.told) == (before, told)

    def test_a_killed_gateway_answers_the_message_in_its_next_life_once(self, scene):
        scene.writes("câu hỏi")
        scene.world.dies([scene.turn()])
        scene.world.ends_turn(scene.turn(), Reply(f"{BOT_WORDS}đây", "answered"))
        scene.looks()
        assert scene.said == [f"{BOT_WORDS}đây"]


def test_every_promise_in_the_docs_has_the_test_that_it_names():
    root = Path(__file__).resolve().parents[2]
    written = "".join(path.read_text(encoding="utf-8") for path in (root / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", (root / "docs" / "handoff.md").read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [name for name in named if f"def {name}(" not in written] == []


def test_every_state_and_every_way_out_of_it_is_in_the_docs():
    page = (Path(__file__).resolve().parents[2] / "docs" / "handoff.md").read_text(encoding="utf-8")
    assert [state for state in State if f"| `{state}` |" not in page] == []
