"""The week in brief: as a page, on paper and as the body of a mail."""

from gongzhi.watch.outcomes.brief.making import Brief, Line, brief_of
from gongzhi.watch.outcomes.brief.paper import as_pdf
from gongzhi.watch.outcomes.brief.writing import Mail, mail_of

__all__ = ["Brief", "Line", "Mail", "as_pdf", "brief_of", "mail_of"]
