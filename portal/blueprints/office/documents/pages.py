"""The pages of a document for looking at while it is written."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from portal.features.documents.models import Document
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import pdf
from portal.web.printing import units_of

_KEPT: Final = 8
"""Documents whose pages are kept in memory: every page of one is asked for by itself."""
_drawn: OrderedDict[tuple[object, ...], list[bytes]] = OrderedDict()
_lock = Lock()


def pages_of(document: Document) -> list[bytes]:
    """Give the pages of a document as pictures; drawn once as long as nobody saves."""
    units = units_of(document)
    key = (document.id, document.version, document.state, hash(units))
    with _lock:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    drawn = pdf.pages(compose(document, units=units))
    with _lock:
        _drawn[key] = drawn
        while len(_drawn) > _KEPT:
            _drawn.popitem(last=False)
    return drawn
