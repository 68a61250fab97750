import logging
import os
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django_q.signals import post_spawn

from generation.services import recovery
from imagegen.cluster import Chore, ClusterKeeper

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 2


class Command(BaseCommand):
    help = "Work on one queue until stopped: `generate` calls engines, `process` does the rest."
    requires_system_checks = ()  # they import every page, in memory that each worker would keep

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cluster", choices=("generate", "process"))

    def handle(self, *, cluster: str, **options: object) -> None:
        if os.environ.get("Q_CLUSTER_NAME") != cluster:
            # django-q2 reads the name while Django starts, so Django is started again.
            os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"Q_CLUSTER_NAME": cluster})
        post_spawn.connect(free_dead_processes)
        chores = [Chore("the sweep", recovery.sweep, every=SWEEP_SECONDS)] if cluster == "generate" else []
        ClusterKeeper(cluster, chores).run()


def free_dead_processes(**_: object) -> None:
    """Take back, in a worker that was just born, what a dead one held; whatever fails, the worker starts."""
    try:
        recovery.free_dead_processes()
    except Exception:
        logger.exception("what dead processes held was not freed, it is when its leases end")
