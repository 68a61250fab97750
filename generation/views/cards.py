"""The cards of a member's jobs; all cells of a grid are one."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Plan, User
from accounts.services.plans import entitlements_of
from generation.models import Engine, Job
from generation.services.engines import engines_for
from generation.services.lineage import origins_of
from generation.services.meter import Meter, meter_of
from generation.services.representation import represent_jobs
from generation.views.card import Card
from generation.views.grid_card import GridCard, together
from generation.views.waiting import pause_words


def cards_of(member: User, leads: Sequence[Job]) -> list[Card]:
    """Make the cards of the member's jobs, fetched by `with_images()`; of a grid any one cell stands for all."""
    cells = _cells_of(member, leads)
    jobs = [job for lead in leads for job in cells.get(lead.group, [lead])]
    waiting = [job for job in jobs if job.status == Job.Status.QUEUED]
    meter = meter_of(member) if waiting else None
    more_places = _plan_with_more(meter) if meter and meter.full else ""
    paused = any(pause_words(job.engine) for job in waiting)
    able = engines_for(entitlements_of(member)) if paused else []
    told = {job.pk: shown for job, shown in zip(jobs, represent_jobs(jobs), strict=True)}
    engines = {engine.slug: _(engine.name) for engine in Engine.objects.all()} if cells else {}
    origins = origins_of(member, leads)
    cards: list[Card] = []
    for lead in leads:
        if own := cells.get(lead.group):
            shown = [told[job.pk] for job in own]
            whole = together(shown, own)
            cards.append(GridCard(whole, own[0], meter, more_places, cells=own, shown=shown, engines=engines))
        else:
            origin = origins.get(lead.reference) if lead.reference else None
            cards.append(Card(told[lead.pk], lead, meter, more_places, able, origin))
    return cards


def card_of(member: User, card_id: UUID, *, alone: bool = False) -> Card | None:
    """Make the card of one of the member's jobs or grids, or None where it is not theirs or gone.

    Of a cell it is the card of its whole grid, or `alone` that of its job.
    """
    own = Job.objects.visible_to(member).of_card(card_id).order_by("id").with_images()
    lead = own.first()
    if lead and alone and lead.pk == card_id:
        return Card(represent_jobs([lead])[0], lead)
    return cards_of(member, [lead])[0] if lead else None


def _cells_of(member: User, leads: Sequence[Job]) -> dict[UUID | None, list[Job]]:
    """Give the jobs of the grids among these, in the order of their cells."""
    groups = {lead.group for lead in leads if lead.group}
    found: dict[UUID | None, list[Job]] = {}
    if groups:
        for job in Job.objects.visible_to(member).filter(group__in=groups).order_by("id").with_images():
            found.setdefault(job.group, []).append(job)
    return found


def _plan_with_more(meter: Meter) -> str:
    """Name the next plan that runs more pictures at once; empty where there is none."""
    plan = Plan.objects.filter(running_images__gt=meter.limit).first()
    return str(plan) if plan else ""
