"""Favourites and collections: how members keep their pictures in order."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError
from accounts.models import User
from generation.exceptions import Invalid
from generation.models import Collection, CollectionItem, Image
from generation.models.job import ImageQuerySet
from generation.services.changes import commit_changes, lock_jobs

NAME_LENGTH = 80
MOST_COLLECTIONS = 500  # of a member: menus list them all


def mark_favourites(images: ImageQuerySet, *, favourite: bool) -> None:
    """Give these pictures their heart, or take it; all the member's pages hear of it."""
    with transaction.atomic():
        jobs = lock_jobs(images.values_list("job", flat=True))
        images.filter(job__in=jobs).exclude(favourite=favourite).update(favourite=favourite)
        commit_changes(jobs.values())


def create_collection(member: User, name: str) -> Collection:
    """Make a collection, or give the one of this name. Raises `Invalid` naming the field `name`."""
    name = _checked(name)
    known = Collection.objects.visible_to(member)
    if not known.filter(name=name).exists() and known.count() >= MOST_COLLECTIONS:
        words = _("You have %(most)s collections, the most there can be. Delete one first.")
        raise Invalid(errors=[FieldError("name", words % {"most": MOST_COLLECTIONS})])
    return Collection.objects.get_or_create(member=member, name=name)[0]


def rename_collection(collection: Collection, name: str) -> None:
    """Give a collection another name. Raises `Invalid` naming the field `name`."""
    name = _checked(name)
    try:
        with transaction.atomic():
            Collection.objects.filter(pk=collection.pk).update(name=name)
    except IntegrityError as error:
        raise Invalid(errors=[FieldError("name", _("You have a collection of this name already."))]) from error


def delete_collection(collection: Collection) -> None:
    """Remove a collection; its pictures stay."""
    collection.delete()


def collect(collection: Collection, images: ImageQuerySet) -> None:
    """Put pictures of the collection's own member into it; twice is fine."""
    own = images.filter(member=collection.member_id).values_list("pk", flat=True)
    items = [CollectionItem(collection=collection, image_id=pk) for pk in own]
    CollectionItem.objects.bulk_create(items, ignore_conflicts=True)


def take_out(collection: Collection, images: ImageQuerySet) -> None:
    """Take pictures out of a collection; they stay."""
    CollectionItem.objects.filter(collection=collection, image__in=images).delete()


def collections_with(image: Image) -> list[Collection]:
    """Give the member's collections that hold a picture."""
    return list(Collection.objects.visible_to(image.member_id).filter(items__image=image))


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(errors=[FieldError("name", _("Give the collection a name."))])
    if len(name) > NAME_LENGTH:
        words = _("This has %(length)s characters; %(most)s are allowed. Shorten it.")
        raise Invalid(errors=[FieldError("name", words % {"length": len(name), "most": NAME_LENGTH})])
    if "\x00" in name or any("\ud800" <= character <= "\udfff" for character in name):
        raise Invalid(errors=[FieldError("name", _("This contains characters that are not text. Remove them."))])
    return name
