"""Which category a request's words speak for: learned in the background, kept in the home, said
beside the request. A person decides."""

from gongzhi.work.participation.suggesting.keeping import kept_router, learn_anew
from gongzhi.work.participation.suggesting.saying import (
    Suggested,
    suggestion_of,
    suggestions_for,
)

__all__ = ["Suggested", "kept_router", "learn_anew", "suggestion_of", "suggestions_for"]
