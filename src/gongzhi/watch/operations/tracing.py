"""Traces for a collector that speaks OTLP (OpenTelemetry): requests, actions, readers, jobs.

Off unless GONGZHI_TRACES names the collector's address. A span has a name and a few facts out of
`FACTS`, and of those only what is plainly a code or a number: no address, no words, no person, and
of an error its type alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

from gongzhi.base.log import spans
from gongzhi.watch.operations.lines import HIDDEN, shown

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

FACTS = frozenset({
    "route", "method", "status", "role", "action", "kinds", "reader", "entries", "seq", "job",
})  # fmt: skip
"""What a span may say."""


class NoTracing(RuntimeError):
    """GONGZHI_TRACES is set, and what sends traces isn't installed."""


def trace_if_asked() -> TracerProvider | None:
    """Begin to send traces where GONGZHI_TRACES says; None where it is unset. Raises NoTracing."""
    if not settings.TRACES:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as wrong:
        raise NoTracing("GONGZHI_TRACES is set: install gongzhi[traces] first.") from wrong
    provider = _provider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.TRACES, timeout=5)))
    return provider


def _provider() -> TracerProvider:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(resource=Resource({"service.name": "gongzhi"}))
    watch_with(provider)
    return provider


def watch_with(provider: TracerProvider) -> None:
    """Let `base/log/spans` tell this one."""
    from opentelemetry.trace import Status, StatusCode

    tracer = provider.get_tracer("gongzhi")

    @contextmanager
    def begin(name: str, facts: dict[str, object]) -> Iterator[spans.Note]:
        with tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        ) as one:

            def note(**more: object) -> None:
                for key, value in more.items():
                    if key in FACTS:
                        one.set_attribute(key, told(key, value))

            note(**facts)
            try:
                yield note
            except BaseException as broken:
                one.set_status(Status(StatusCode.ERROR, type(broken).__qualname__))
                raise

    spans.watch(begin)


def told(key: str, value: object) -> str | int | float | bool | list[str]:
    """A fact as a span has it."""
    if isinstance(value, tuple):
        return [str(shown(one)) for one in value]
    if key in {"seq", "entries"} and isinstance(value, int):
        return value
    kept = shown(value)
    return kept if isinstance(kept, (str, int, float, bool)) else HIDDEN
