"""What is done to units, accounts and the sealed details of persons."""

from gongzhi.base.people.actions.accounts import (
    change_password,
    change_roles,
    close_account,
    open_account,
    open_account_with_password,
    reopen_account,
    reset_password,
)
from gongzhi.base.people.actions.persons import correct_person, erase_person, read_person
from gongzhi.base.people.actions.provisioning import (
    change_provisioned,
    keep_group,
    provision_account,
    remove_group,
    withdraw_account,
)
from gongzhi.base.people.actions.units import open_unit
from gongzhi.base.people.actions.words import seal_words

__all__ = [
    "change_password",
    "change_provisioned",
    "change_roles",
    "close_account",
    "correct_person",
    "erase_person",
    "keep_group",
    "open_account",
    "open_account_with_password",
    "open_unit",
    "provision_account",
    "read_person",
    "remove_group",
    "reopen_account",
    "reset_password",
    "seal_words",
    "withdraw_account",
]
