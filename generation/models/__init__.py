from generation.models.engine import Engine, LaneState, Share
from generation.models.feed import Discard, Feed, GoneJob
from generation.models.job import Attempt, Image, Job
from generation.models.notice import FinishedMail
from generation.models.trouble import Trouble
from generation.models.upload import Upload

__all__ = [
    "Attempt",
    "Discard",
    "Engine",
    "Feed",
    "FinishedMail",
    "GoneJob",
    "Image",
    "Job",
    "LaneState",
    "Share",
    "Trouble",
    "Upload",
]
