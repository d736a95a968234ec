"""FAQ entries as retrievable passages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.faqs.template import FaqTemplate
from knowledge.passage import Collection, Passage


def faq_passages(templates: Iterable[FaqTemplate], day: date) -> tuple[Passage, ...]:
    """One passage for each live entry and period, in order; drafts give none.

    The texts hold the values of `day`: they are what is searched, an answer is filled anew when it is asked for.
    """
    return tuple(_passage(template, day) for template in templates if template.filed.is_live)


def _passage(template: FaqTemplate, day: date) -> Passage:
    filed = template.filed
    return Passage(
        id=template.passage_id,
        collection=Collection.FAQ,
        document=template.id,
        section="",
        title=filed.question.text,
        text=template.to_index(day),
        context=filed.topic,
        questions=tuple(alternate.text for alternate in filed.alternates),
        version=template.version,
        topic=filed.topic,
        valid_from=filed.live_from,
        valid_to=filed.live_to,
    )
