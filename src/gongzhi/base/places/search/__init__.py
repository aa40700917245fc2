"""Finding a place by what people call it."""

from gongzhi.base.places.search.search import Found, search

__all__ = ["Found", "search"]
