"""Somebody applies on a phone, from the landing page to the receipt, as fast as people are.

How fast that is:

- A key takes 331 ms: 36.2 words of five characters a minute, the mean of 37,370 people on their own
  phones (Palin and others, “How do People Type on Mobile Devices?”, MobileHCI 2019). A Chinese
  character counts as three keys, as with pinyin and a choice.
- 255 characters of Chinese are read a minute, 987 of English (Trauzettel-Klosinski and Dietz,
  “Standardized Assessment of Reading Performance: The New International Reading Speed Texts IReST”,
  IOVS 53, 2012). No question takes less than 1.5 seconds.
- A page without a question takes 3 s to find the button, the list 5 s, a day in the phone's picker
  4 s, a photo 6 s, the last look at everything 8 s: assumptions.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Locator, Page

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.catalogue.kinds.service_ways import ways

KEY_SECONDS = 60 / 36.2 / 5
KEYS_OF_A_CHARACTER = 3
READ_A_SECOND = {"zh": 255 / 60, "en": 987 / 60}
LEAST = 1.5
BUTTON, LIST, DAY, PHOTO, LOOK = 3.0, 5.0, 4.0, 6.0, 8.0
TYPED = {
    "name": "海听潮", "id_number": "999999199001012337", "phone": "13800000000",
    "address": "澜城街道海平路 12 号 3 单元 501", "date": "2025-03-01", "number": "3",
    "text": "望海渔具店", "long_text": "名字里有一个字写错了，户口簿上和出生证上不一样。",
    "email": "haitingchao@example.cn",
}  # fmt: skip
"""Somebody that there isn't."""
SCRIPTS = """() => performance.getEntriesByType('resource')
    .filter(one => one.initiatorType === 'script' || one.name.endsWith('.js'))
    .reduce((sum, one) => sum + one.decodedBodySize, 0)"""


@dataclass
class Visit:
    """What it took. ``person``: reading, typing, choosing; ``machine``: everything else, in
    seconds."""

    service: str
    answers: int = 0
    keys: int = 0
    pages: int = 0
    person: float = 0
    machine: float = 0
    script_kb: float = 0
    """Of the heaviest page, unpacked."""
    heaviest: str = ""

    @property
    def seconds(self) -> float:
        """From the landing page to the receipt."""
        return self.person + self.machine


@dataclass
class Visitor:
    """Goes through the pages. ``live``: as slowly as people; else the time they take is added."""

    page: Page
    language: str = "zh"
    live: bool = False
    took: Visit = field(default_factory=lambda: Visit(""))

    def applies_for(self, service: Service) -> Visit:
        """The longest way that leads to an application, every field filled in, every photo sent."""
        self.took = Visit(service.code)
        answers = max(ways(service), key=len)
        with self._machine():
            self.page.goto("/")
        self._goes_on('a[href="/services/"]', BUTTON)
        self._goes_on(f'a[href="/services/{service.code}/"]', LIST)
        if service.questions:
            self._goes_on('a[href$="/check/"]', BUTTON)
            self._is_asked(answers)
        self._goes_on('form[action$="/apply/"] [type=submit]', BUTTON)
        while "/form/page/" in self.page.url:
            self._fills_in(service)
        if "/papers/" in self.page.url:
            self._hands_in()
        self._sends()
        return self.took

    def _is_asked(self, answers: dict[str, str]) -> None:
        while (choices := self.page.locator(".services-answers")).count():
            self._reads("main header")
            self._reads(".services-answers")
            asked = self.page.url.partition("?")[2].count("=")
            code = list(answers)[asked]
            self.took.answers += 1
            with self._machine():
                link = choices.locator(f'a[href*="{code}={answers[code]}"]')
                link.click()
                self.page.wait_for_url(f"**{code}={answers[code]}*")
            self._weighs()

    def _fills_in(self, service: Service) -> None:
        section = self.page.url.rstrip("/").rpartition("/")[2]
        found = service.section(section)
        assert found is not None, section
        for one in found.fields:
            if self.page.locator(f"[name={one.code}]").count():
                self._answers(one)
        self._goes_on(".action-bar [type=submit]", 0)

    def _answers(self, asked: FormField) -> None:
        self._waits(
            max(LEAST, len(f"{asked.name}{asked.help or ''}") / READ_A_SECOND[self.language])
        )
        self.took.answers += 1
        here = self.page.locator(f"[name={asked.code}]")
        if asked.kind == "choice":
            self._reads(f"[data-field={asked.code}]", least=0)
            with self._machine():
                here.first.check(force=True)
        elif asked.kind == "date":
            self._waits(DAY)
            with self._machine():
                here.fill(TYPED["date"])
        else:
            self._types(here, TYPED[asked.kind])

    def _types(self, here: Locator, text: str) -> None:
        keys = sum(1 if one.isascii() else KEYS_OF_A_CHARACTER for one in text)
        self.took.keys += keys
        with self._machine():
            here.click()
        if not self.live:
            self._waits(keys * KEY_SECONDS)
            with self._machine():
                here.fill(text)
            return
        for one in text:
            self._waits(KEY_SECONDS * (1 if one.isascii() else KEYS_OF_A_CHARACTER))
            self.page.keyboard.insert_text(one)

    def _hands_in(self) -> None:
        for number in range(self.page.locator(".services-upload").count()):
            self._waits(PHOTO)
            self.took.answers += 1
            form = self.page.locator(".services-upload").nth(number)
            with self._machine():
                form.locator("[type=file]").set_input_files(
                    {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": _picture()}
                )
                with self.page.expect_navigation():
                    form.locator("[type=submit]").click()
        self._goes_on('.action-bar a[href$="/send/"]', BUTTON)

    def _sends(self) -> None:
        self._waits(LOOK)
        office = self.page.locator("select[name=office]")
        if office.locator("option").count() > 1:
            self.took.answers += 1
            self._waits(LEAST)
            with self._machine():
                office.select_option(index=1)
        self.took.answers += 1
        self._reads("[data-field=agreed]")
        with self._machine():
            self.page.locator("[name=agreed]").check()
        self._goes_on(".action-bar [type=submit]", LEAST)
        assert "/follow/matter/" in self.page.url, self.page.url

    def _goes_on(self, selector: str, thinking: float) -> None:
        self._waits(thinking)
        with self._machine(), self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self._weighs()

    def _reads(self, selector: str, *, least: float = LEAST) -> None:
        words = self.page.locator(selector).first.inner_text()
        self._waits(max(least, len("".join(words.split())) / READ_A_SECOND[self.language]))

    def _waits(self, seconds: float) -> None:
        self.took.person += seconds
        if self.live:
            time.sleep(seconds)

    def _weighs(self) -> None:
        self.took.pages += 1
        kilobytes = self.page.evaluate(SCRIPTS) / 1000
        if kilobytes > self.took.script_kb:
            self.took.script_kb, self.took.heaviest = kilobytes, self.page.url

    @contextmanager
    def _machine(self) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.took.machine += time.monotonic() - begun


def _picture() -> bytes:
    """A photo as a phone's camera leaves it: four megapixels."""
    out = io.BytesIO()
    Image.effect_noise((2304, 1728), 40).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
