"""How many images a second can be claimed and recorded, on the database that DATABASE_URL names."""

import time

from bench.figures import Figure
from bench.product import fresh_product, make_engine, make_member, submit

IMAGES = 2_000
MEMBERS = 20


def main() -> None:
    """Claim and end 2,000 images of 20 members, 50 at a time, without any engine."""
    with fresh_product():
        from django.db import connection

        from generation.models import Attempt, Image
        from generation.services.outcomes import Ending, record_endings
        from generation.services.scheduling import claim_images, release_slots

        make_engine(slots=1000)
        for number in range(MEMBERS):
            submit(make_member(f"member{number}"), IMAGES // MEMBERS)
        started, claiming, claimed = time.perf_counter(), 0.0, 0
        while claimed < IMAGES:
            before = time.perf_counter()
            claims = claim_images("bench:1:1:1", limit=50)
            claiming += time.perf_counter() - before
            claimed += len(claims)
            release_slots(claim.attempt.pk for claim in claims)
            record_endings(
                Ending(attempt=claim.attempt.pk, outcome=Attempt.Outcome.FAILED, status=Image.Status.FAILED)
                for claim in claims
            )
        whole = time.perf_counter() - started
        name = connection.vendor
        Figure(f"claims, 50 at a time, {MEMBERS} members waiting, {name}", IMAGES / claiming, "images/s").report()
        Figure(f"claims and endings, {name}", IMAGES / whole, "images/s").report()


if __name__ == "__main__":
    main()
