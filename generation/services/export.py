"""Everything that belongs to a member, as one archive that people and programs can read."""

import json
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from zipstream import ZipStream

from accounts.models import ApiToken, CreditEntry, User
from accounts.services.plans import entitlements_of
from generation import storage
from generation.models import Collection, Image, Job, Preset, ShareLink, Upload
from generation.services.delivery import Delivery, deliver, mark_of
from generation.services.representation import represent_jobs

ABOUT = """What imagegen keeps about {email}.

account.json   the account, addresses, devices, tokens (their secrets are kept nowhere)
credits.json   where credits came from and went
tasks.json     every task with its settings and its pictures
others.json    presets, collections (with their pictures' ids) and shared links
pictures/      the pictures; tasks.json names each one's file
uploads/       the pictures you brought
"""


def export_of(member: User) -> ZipStream:
    """Pack everything; the rows are read now, the files as they are sent. A file that is gone is left out."""
    archive = ZipStream()
    archive.add(ABOUT.format(email=member.email), "about.txt")
    archive.add(_json(_account(member)), "account.json")
    archive.add(_json(list(CreditEntry.objects.visible_to(member).values())), "credits.json")
    archive.add(_json(_tasks(member)), "tasks.json")
    archive.add(_json(_others(member)), "others.json")
    mark = mark_of(member)
    pictures = Image.objects.visible_to(member).exclude(file_name="")
    _add_files(archive, "pictures", (deliver(image, mark) for image in pictures.iterator()))
    _add_files(archive, "uploads", (deliver(upload, None) for upload in Upload.objects.visible_to(member)))
    return archive


def _account(member: User) -> dict[str, Any]:
    kept = (
        "email",
        "name",
        "language",
        "theme",
        "mail_when_finished",
        "simplify_refused",
        "accept_fallback",
        "date_joined",
        "last_login",
    )
    tokens = ApiToken.objects.visible_to(member).values("name", "prefix", "scope", "created_at", "last_used_at")
    sessions = UserSession.objects.filter(user=member).values("ip", "user_agent", "created_at", "last_seen_at")
    return {
        **{name: getattr(member, name) for name in kept},
        "plan": entitlements_of(member).as_json(),
        "addresses": list(EmailAddress.objects.filter(user=member).values("email", "verified", "primary")),
        "devices": list(sessions),
        "tokens": list(tokens),
    }


def _others(member: User) -> dict[str, Any]:
    collections = Collection.objects.visible_to(member).prefetch_related("items")
    return {
        "presets": list(Preset.objects.visible_to(member).values("name", "settings", "created_at")),
        "collections": [
            {"name": each.name, "created_at": each.created_at, "images": [item.image_id for item in each.items.all()]}
            for each in collections
        ],
        "shared_links": list(
            ShareLink.objects.visible_to(member).values(
                *("image", "shows_prompt", "keeps_metadata", "views", "created_at", "expires_at", "revoked_at")
            )
        ),
    }


def _tasks(member: User) -> list[dict[str, Any]]:
    """Give the tasks as the API gives them, and with each picture the name of its file."""
    jobs = list(Job.objects.visible_to(member).newest_first().with_images())
    names = dict(Image.objects.visible_to(member).exclude(file_name="").values_list("pk", "file_name"))
    files = {str(image): f"pictures/{name}" for image, name in names.items()}
    tasks: list[dict[str, Any]] = [dict(job) for job in represent_jobs(jobs)]
    for task in tasks:
        task["images"] = [{**image, "file": files.get(str(image["id"]), "")} for image in task["images"]]
    return tasks


def _add_files(archive: ZipStream, folder: str, files: Iterable[Delivery]) -> None:
    for delivery in files:
        try:
            size = storage.size(delivery.file_name)
        except FileNotFoundError:
            continue
        name = f"{folder}/{delivery.file_name}"
        archive.add(delivery.chunks(), name, size=None if delivery.mark else size)


def _json(value: object) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()
