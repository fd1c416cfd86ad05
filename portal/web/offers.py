"""Buttons of a workflow: what `available()` offers, with the address that carries it out."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.web.actor import actor
from portal.workflow.engine import Offer, Workflow


@dataclass(frozen=True)
class Button:
    """An offer as `components/actions.html` draws it; its words are translated there."""

    offer: Offer
    url: str

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - label, style, refusal … of the offer
        return getattr(self.offer, name)


def buttons(workflow: Workflow[Any], item: Any) -> list[Button]:  # noqa: ANN401
    """Give what the signed-in account may do with an item now, by a button alone."""
    return [
        Button(
            offer,
            url_for(
                "office.act",
                workflow=workflow.name,
                item_id=item.id,
                transition=offer.transition.name,
            ),
        )
        for offer in workflow.available(actor(), item)
        if not offer.transition.by_form
    ]


def forms(workflow: Workflow[Any], item: Any) -> dict[str, Offer]:  # noqa: ANN401
    """Give what it may do now by a form that the page draws itself, by the transition's name."""
    offers = workflow.available(actor(), item)
    return {offer.transition.name: offer for offer in offers if offer.transition.by_form}
