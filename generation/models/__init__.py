from generation.models.attempt import Attempt
from generation.models.collection import Collection, CollectionItem
from generation.models.engine import Engine, LaneState, Share
from generation.models.feed import Discard, Feed, GoneJob
from generation.models.job import Image, Job
from generation.models.notice import FinishedMail
from generation.models.pace import Pace
from generation.models.preset import Preset
from generation.models.recipe import Recipe
from generation.models.safety import SafetyRule, SensitiveImage
from generation.models.search import SearchEntry
from generation.models.sharing import ShareLink
from generation.models.target import Target
from generation.models.trouble import Trouble
from generation.models.upload import Upload

__all__ = [
    "Attempt",
    "Collection",
    "CollectionItem",
    "Discard",
    "Engine",
    "Feed",
    "FinishedMail",
    "GoneJob",
    "Image",
    "Job",
    "LaneState",
    "Pace",
    "Preset",
    "Recipe",
    "SafetyRule",
    "SearchEntry",
    "SensitiveImage",
    "Share",
    "ShareLink",
    "Target",
    "Trouble",
    "Upload",
]
