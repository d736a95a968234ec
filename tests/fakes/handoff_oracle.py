"""What an operator may do to an episode, said a second time and apart from the code that it judges."""

from desk.database import reading
from desk.handoff.log import episode_by_id
from desk.handoff.state import State
from desk.presence import Presence, all_presences


def current(world, episode_id):
    """The episode as it is stored now."""
    with reading(world.engine) as connection:
        return episode_by_id(connection, episode_id)


def allowed(act, episode, me, world, other):
    """By the table of transitions: who has it, in which state, and whether the colleague is there."""
    state, is_mine, is_asked = episode.state, episode.operator_id == me, episode.forward_to == me
    match act:
        case "claim":
            return state in {State.QUEUED, State.CALLBACK}
        case "reply" | "close":
            return is_mine
        case "requeue":
            return is_mine
        case "give-back":
            return is_mine and state is State.CLAIMED
        case "forward":
            return is_mine and state is State.CLAIMED and is_there(world, other)
        case "forward/withdraw":
            return is_mine and state is State.FORWARDING
        case "forward/accept" | "forward/decline":
            return is_asked and state is State.FORWARDING
    raise ValueError(act)


def is_there(world, operator_id):
    """Whether a conversation can be handed to this operator now."""
    with reading(world.engine) as connection:
        present = all_presences(connection, world.time, world.settings.presence)
    ready = {Presence.ONLINE, Presence.BUSY}
    return any(each.operator_id == operator_id and each.presence in ready for each in present)
