"""A form of a page that was refused, shown again as it was: what was typed, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from gongzhi.base.ui.answers import wants_problem
from gongzhi.base.ui.errors import Refused

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Again:
    """Which form, what stood in its fields, and what is wrong with which of them."""

    form: str
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    words: str


def shown_again(form: str, page: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """Answer a refusal with the page that the form is on: `page(request, again, *args)` gets what
    the view got. A script shows the sentence itself, so htmx and programs get it as ever; and who
    may not be there at all is told so.

    ``form`` is its name on the page, with the address's own arguments: ``"step:{code}"``.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **args: object) -> HttpResponse:
            try:
                return view(request, **args)
            except Refused as refused:
                by_script = request.headers.get("HX-Request") or wants_problem(request)
                if by_script or refused.status in (403, 404):
                    raise
                wrong = {name: str(words) for name, words in refused.fields.items()}
                told = {name: str(value) for name, value in request.POST.items()}
                again = Again(form.format(**args), told, wrong, str(refused))
                answer = page(request, again, **args)
                answer.status_code = refused.status
                add_never_cache_headers(answer)
                return answer

        return answered

    return wrap
