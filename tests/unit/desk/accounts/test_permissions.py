from dataclasses import replace

import pytest

from desk.accounts.operator import Operator
from desk.accounts.permissions import ALLOWED, Permission, may
from desk.accounts.role import Role
from tests.fakes.stored import START

READY = Operator(1, "thu", "Nguyễn Văn Thử", frozenset(), "hotline", False, False, False, False, START, START, None)

# Written out once more, by hand: what nobody but these may do.
ONLY = {
    Permission.REPLY: {Role.OPERATOR, Role.SUPERVISOR},
    Permission.REVEAL_IDENTIFIERS: {Role.OPERATOR, Role.SUPERVISOR},
    Permission.READ_OWN_CONVERSATIONS: {Role.OPERATOR, Role.SUPERVISOR},
    Permission.SEE_ALL_CONVERSATIONS: {Role.SUPERVISOR},
    Permission.REASSIGN: {Role.SUPERVISOR},
    Permission.EXPORT_CITIZEN: {Role.SUPERVISOR},
    Permission.ERASE_CITIZEN: {Role.SUPERVISOR},
    Permission.EDIT_HOURS: {Role.SUPERVISOR},
    Permission.SWITCH_BOT: {Role.SUPERVISOR, Role.ADMIN},
    Permission.HANDLE_DEAD_LETTERS: {Role.SUPERVISOR, Role.ADMIN},
    Permission.MANAGE_OPERATORS: {Role.ADMIN},
    Permission.READ_AUDIT: {Role.SUPERVISOR, Role.ADMIN},
    Permission.EXPORT_AUDIT: {Role.ADMIN},
    Permission.EDIT_KNOWLEDGE: {Role.EDITOR},
    Permission.APPROVE_KNOWLEDGE: {Role.APPROVER},
    Permission.PUBLISH_KNOWLEDGE: {Role.APPROVER},
    Permission.ROLL_BACK_KNOWLEDGE: {Role.APPROVER},
    Permission.ASSIGN_KNOWLEDGE: {Role.EDITOR, Role.APPROVER},
    Permission.STEER_MAILINGS: {Role.EDITOR, Role.APPROVER},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", ONLY)
def test_delicate_rights_belong_to_these_roles_alone(permission, role):
    assert may(replace(READY, roles=frozenset({role})), permission) is (role in ONLY[permission])


def test_every_role_has_a_row_and_every_right_an_owner():
    assert set(ALLOWED) == set(Role)
    assert set(Permission) == set().union(*ALLOWED.values())


@pytest.mark.parametrize("permission", Permission)
def test_without_a_role_nothing_is_allowed(permission):
    assert not may(READY, permission)


@pytest.mark.parametrize("debt", ["is_disabled", "must_change_password", "must_enrol_totp"])
@pytest.mark.parametrize("permission", Permission)
def test_who_owes_something_may_nothing_whatever_the_roles(permission, debt):
    assert not may(replace(READY, roles=frozenset(Role), **{debt: True}), permission)


def test_roles_add_up():
    both = replace(READY, roles=frozenset({Role.OPERATOR, Role.EDITOR}))
    assert may(both, Permission.REPLY)
    assert may(both, Permission.EDIT_KNOWLEDGE)
    assert not may(both, Permission.PUBLISH_KNOWLEDGE)


def test_the_administrator_of_accounts_reads_no_citizens_words():
    reading = {
        Permission.READ_OWN_CONVERSATIONS,
        Permission.SEE_ALL_CONVERSATIONS,
        Permission.REVEAL_IDENTIFIERS,
        Permission.EXPORT_CITIZEN,
        Permission.WORK_TICKETS,
    }
    assert reading.isdisjoint(ALLOWED[Role.ADMIN])
