"""What applicants do with forms and applications, and what counters do with them."""

from gongzhi.work.public_services.actions.applying import (
    NewApplication,
    file_application,
    file_at_counter,
    send,
)
from gongzhi.work.public_services.actions.filling import (
    begin_form,
    carry_over,
    drop_material,
    erase_form,
    keep_material,
    lapse_forms,
    save_page,
)
from gongzhi.work.public_services.actions.following import (
    add_material,
    erase_words,
    supplement,
    withdraw_application,
)
from gongzhi.work.public_services.actions.handling import (
    accept,
    ask_for_more,
    check_material,
    count_visit,
    hand_on,
    read_material,
    take_application_step,
)
from gongzhi.work.public_services.actions.phoning import file_by_phone
from gongzhi.work.public_services.actions.registers import (
    ask_register,
    fill_in_myself,
    load_register,
    take_from_register,
)
from gongzhi.work.public_services.actions.reusing import show_facts, take_facts

__all__ = [
    "NewApplication", "accept", "add_material", "ask_for_more", "ask_register", "begin_form",
    "carry_over", "check_material", "count_visit", "drop_material", "erase_form", "erase_words",
    "file_application", "file_at_counter", "file_by_phone", "fill_in_myself", "hand_on",
    "keep_material", "lapse_forms", "load_register", "read_material", "save_page", "send",
    "show_facts", "supplement", "take_application_step", "take_facts", "take_from_register",
    "withdraw_application",
]  # fmt: skip
