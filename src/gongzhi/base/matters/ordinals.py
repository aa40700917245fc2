"""What a party is called where nobody needs to know who it is: 嫌疑人甲, Suspect 1."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

_CALLED = {
    "reporter": gettext_lazy("反映人%(nth)s"),
    "caller": gettext_lazy("报警人%(nth)s"),
    "suspect": gettext_lazy("嫌疑人%(nth)s"),
    "victim": gettext_lazy("受害人%(nth)s"),
    "witness": gettext_lazy("证人%(nth)s"),
    "guardian": gettext_lazy("监护人%(nth)s"),
    "counsel": gettext_lazy("律师%(nth)s"),
    "complainant": gettext_lazy("控告人%(nth)s"),
    "applicant": gettext_lazy("申请人%(nth)s"),
}


def called(role: str, number: int) -> str:
    """The role with its number in the matter, in the reader's language."""
    first = gettext("甲 乙 丙 丁 戊 己 庚 辛 壬 癸").split()
    nth = first[number - 1] if 1 <= number <= len(first) else number
    return str(_CALLED.get(role, gettext_lazy("当事人%(nth)s"))) % {"nth": nth}
