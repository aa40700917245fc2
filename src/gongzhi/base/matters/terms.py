"""What a narrative becomes before it is compared: terms, as numbers, of words without persons.

Two messages are about the same thing when they share rare terms. Telephone, identity and plate
numbers, addresses of the net and names of people are taken out first: what is left says what
happened and at what kind of place, never to whom. The comparison gets numbers only
(`analysis.linkage` has no room for words); they live as long as it lasts and are stored nowhere.
`shared_words` says the common ones again, for whoever may read both texts anyway.

Names are found by how they are introduced (我叫…, 联系人…), by what follows them (…先生, …某) and
by the segmenter's judgement. A place that is called like somebody can be lost that way; a name can
also slip through, in a spelling that nobody foresaw: then it is one term among a hundred, and
never shown, for what is shown again must be a word that several messages share and no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

import rjieba

from gongzhi.base.places.search.words import HAN, is_han, pairs_of, runs_of

LONGEST = 200
"""Characters of a narrative that are read."""
OPENING = 60
"""Of them, once bare, those that are compared. More makes it worse: the longer people write, the
more they write of other things."""
ROUTED = 400
"""Characters of a message that are read to say where it belongs."""
GAP = "\n"
"""Stands where something was taken out, so that no pair of characters reaches across it."""
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TITLES = (
    "先生|女士|小姐|太太|师傅|老师|阿姨|大爷|大妈|大伯|大叔|奶奶|爷爷|老伯|同志|"
    "书记|局长|县长|主任|所长|警官|医生|老板"
)
MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
PLATE = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
    r"[A-Za-z][·. ]?[A-Za-z0-9]{5,6}"
)
HANDLE = r"(?:微信|QQ|抖音|支付宝)号?[:： 是为]*[A-Za-z0-9_-]{5,}"
"""Patterns of what reaches somebody; `masking` takes them out of what is made public."""
_NUMBERS = re.compile(
    rf"https?://[!-~]+|{MAIL}|{PLATE}|{HANDLE}|\d(?:[ -]?\d){{4,}}[Xx]?|\*{{3,}}", re.IGNORECASE
)
_SAID = re.compile(
    rf"(?<=我叫|名叫)[{HAN}]{{2,4}}|(?<=举报人)[:： 是为][{HAN}]{{2,4}}|(?<=姓)[{HAN}](?=的)"
    rf"|(?<=姓名)[:： 是为]*[{HAN}]{{2,4}}|(?<=联系人)[:： 是为]*[{HAN}]{{2,4}}"
)
_SURNAME = f"[{''.join(sorted(_SURNAMES))}]"
_CALLED = re.compile(
    rf"{_SURNAME}(?:某+[{HAN}]?|[{HAN}]{{0,2}}?(?={_TITLES}))"
    rf"|[老小阿]{_SURNAME}(?![{HAN}]?[区镇村路街湾桥岛])"
)
_PLACES = frozenset(
    "家冲坪坡岗墩区县市镇乡村路街巷弄湾桥岛港城园苑庄社庙山河湖洞岙浦塘畈嘴礁馆店厂站场校院楼证书灯门"
)


def bare(told: str, longest: int = LONGEST) -> str:
    """The narrative's beginning without what could name or reach somebody; a line break for each
    thing that was taken out."""
    cut = told[:longest]
    for pattern in (_NUMBERS, _SAID, _CALLED):
        cut = pattern.sub(GAP, cut)
    tagged = rjieba.tag(cut)
    following = [*(word for word, _kind in tagged), ""][1:]
    return "".join(
        GAP if _is_name(word, kind, after) else word
        for (word, kind), after in zip(tagged, following, strict=True)
    )


def names_in(told: str) -> list[str]:
    """What may be somebody's name in it, as it stands there."""
    found = [match.group() for pattern in (_SAID, _CALLED) for match in pattern.finditer(told)]
    tagged = rjieba.tag(told)
    following = [*(word for word, _kind in tagged), ""][1:]
    found += [
        word
        for (word, kind), after in zip(tagged, following, strict=True)
        if _is_name(word, kind, after)
    ]
    return list(dict.fromkeys(found))


def _is_name(word: str, kind: str, after: str) -> bool:
    """Whether the segmenter takes it for somebody, and neither it nor what follows is a place."""
    named = kind in {"nr", "nrt", "nrfg"} and 2 <= len(word) <= 4 and word[0] in _SURNAMES
    return named and word[-1] not in _PLACES and after[:1] not in _PLACES


def terms_of(told: str) -> tuple[int, ...]:
    """The numbers of its first sentences' pairs of characters and words, each once, in no order of
    meaning: in the beginning people say what it is about and where."""
    return tuple(sorted({crc32(term.encode()) for term in _terms(bare(told)[:OPENING])}))


def counted_terms(told: str, longest: int = ROUTED) -> tuple[int, ...]:
    """The numbers of its characters, pairs and triples of them, and words, each as often as it
    occurs: what `analysis.routing` is given of a message's subject or body."""
    return tuple(crc32(term.encode()) for term in routed_terms(told, longest))


def routed_terms(told: str, longest: int = ROUTED) -> list[str]:
    """What `counted_terms` has the numbers of, for whoever may read the message anyway."""
    return [term for run in runs_of(bare(told, longest)) for term in _pieces(run)]


def _pieces(run: str) -> list[str]:
    if not is_han(run):
        return [run]
    grams = [run[at : at + n] for n in (1, 2, 3) for at in range(len(run) - n + 1)]
    return [*grams, *(f"{word}/" for word in rjieba.cut(run) if len(word) > 1)]


def telling_words(told: str) -> set[str]:
    """The Chinese words of two characters and more in it that say something, without names: what a
    page may show, to whoever may read the text anyway, as a reason."""
    return _words(bare(told, ROUTED))


def shared_words(texts: Iterable[str], most: int = 6) -> list[str]:
    """Chinese words of two characters and more that the bare texts have in common, the longest
    first: what a page may show as the reason. Of more than two texts: what most of them have."""
    sets = [_words(bare(text)) for text in texts]
    if len(sets) < 2:
        return []
    count: dict[str, int] = {}
    for words in sets:
        for word in words:
            count[word] = count.get(word, 0) + 1
    enough = max(2, (len(sets) + 1) // 2)
    common = [word for word, n in count.items() if n >= enough]
    whole = [w for w in common if not any(w != other and w in other for other in common)]
    return sorted(whole, key=lambda word: (-count[word], -len(word), word))[:most]


def _words(cut: str) -> set[str]:
    return {
        word
        for run in runs_of(cut)
        if is_han(run)
        for word, kind in rjieba.tag(run)
        if len(word) > 1 and kind[:1] in {"n", "v", "a", "s"} and not kind.startswith("nr")
    }


def _terms(cut: str) -> set[str]:
    found: set[str] = set()
    for run in runs_of(cut):
        if is_han(run):
            found.update(pairs_of(run))
            found.update(word for word in rjieba.cut(run) if len(word) > 2)
        else:
            found.add(run)
    return found
