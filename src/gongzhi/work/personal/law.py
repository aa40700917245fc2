"""By which article each request may be made. Checked against the statutes' own texts."""

from __future__ import annotations

from gongzhi.base.catalogue.words import Words

LAW = Words(zh="《中华人民共和国个人信息保护法》", en="Personal Information Protection Law")
ARTICLES: dict[str, Words] = {
    "access": Words(zh="第四十五条第一款、第二款", en="Art. 45(1), (2)"),
    "correct": Words(zh="第四十六条", en="Art. 46"),
    "delete": Words(zh="第四十七条", en="Art. 47"),
    "withdraw": Words(zh="第十五条", en="Art. 15"),
    "transfer": Words(zh="第四十五条第三款", en="Art. 45(3)"),
    "explain": Words(zh="第四十八条", en="Art. 48"),
}
KEPT_BY_LAW = Words(zh="第四十七条第二款", en="Art. 47(2)")


def cited(asks: str) -> str:
    """Statute and article, in the reader's language."""
    return f"{LAW}{ARTICLES[asks]}"
