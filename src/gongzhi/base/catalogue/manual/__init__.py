"""Pages of the manual that are made from the catalogue and from what events are declared, so that
they never say otherwise.

Written to ``docs/reference/`` by ``gongzhi reference``; a test compares each with its file.
"""

from gongzhi.base.catalogue.manual.clocks import clocks_page
from gongzhi.base.catalogue.manual.events import events_page
from gongzhi.base.catalogue.manual.measures import measures_page
from gongzhi.base.catalogue.manual.procedures import procedures_page
from gongzhi.base.catalogue.manual.run_cards import run_cards_page

__all__ = ["clocks_page", "events_page", "measures_page", "procedures_page", "run_cards_page"]
