"""Finding the article that answers a question in everyday words, Chinese or English.

No answer is made up: what is found is an article that somebody wrote and the law it cites.
"""

from gongzhi.work.consultation.search.index import Found, Index, Text

__all__ = ["Found", "Index", "Text"]
