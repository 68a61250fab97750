"""What comes out, as types: answers are checked against them, and they are the documentation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from accounts.models import Entitlements


class Failure(BaseModel):
    """Why a picture was not made."""

    code: str = Field(examples=["engine_down"])
    message: str = Field(description="A sentence in the member's language.")


class Image(BaseModel):
    """One picture of a job."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    job: str = Field(json_schema_extra={"format": "uuid"})
    index: int = Field(description="Counts from 0.")
    status: str = Field(description="`queued`, `running`, `succeeded`, `failed` or `cancelled`.")
    progress: float = Field(description="0 to 1.")
    stage: str = Field(description="What happens now, for programs; empty once nothing does.")
    stage_label: str = Field(description="The same for people, in the member's language.")
    step: int | None
    steps: int | None
    seed: int
    width: int | None = Field(description="Pixels, once it is made.")
    height: int | None
    format: str = Field(description="`png`, `jpg`, `webp`, `avif` or `gif`; empty until it is made.")
    bytes: int | None
    url: str | None = Field(description="Path of the file.")
    thumbnail_url: str | None = Field(description="Path of a WebP of at most 320 pixels a side.")
    medium_url: str | None = Field(description="Path of a WebP of at most 640 pixels a side.")
    display_url: str | None = Field(description="Path of a WebP of at most 1024 pixels a side.")
    placeholder: str = Field(description="A `data:` address of some 20 pixels, to show until the others have come.")
    favourite: bool
    sensitive: bool = Field(description="Whether it is to be blurred until somebody wants to see it.")
    error: Failure | None
    attempts: int
    prompt: str = Field(description="The words it is made from: the job's, or fewer after the engine refused those.")
    facts: dict[str, Any] = Field(description="What the engine says went into it.")
    started_at: datetime | None
    finished_at: datetime | None
    parent: str | None = Field(description="The picture, an upload or an image, that it was made from by a recipe.")
    operations: list[dict[str, Any]]


class JobCredits(BaseModel):
    """What a job takes from the wallet."""

    reserved: int = Field(description="Held for pictures that are not finished.")
    spent: int = Field(description="Spent on pictures that were made.")


class Job(BaseModel):
    """One request with its pictures."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    number: int | None = Field(description="Counts per member: Task #12.")
    status: str = Field(description="`queued`, `running`, `succeeded`, `partial`, `failed` or `cancelled`.")
    mode: str
    prompt: str
    negative_prompt: str
    engine: str
    fell_back_from: str | None = Field(description="The engine that was down, so that another one makes this.")
    model: str
    width: int
    height: int
    count: int
    seed: int | None
    steps: int | None
    guidance: float | None
    strength: float | None
    style: str
    sampler: str
    title: str
    reference: str | None
    mask: str | None
    recipe: list[dict[str, Any]] | None
    progress: float = Field(description="0 to 1, over all pictures.")
    stage: str
    stage_label: str
    position: int | None = Field(description="Its place in the order of its engine; 1 is next.")
    starts_in: float | None = Field(description="Expected seconds until the first waiting picture starts.")
    eta_seconds: float | None = Field(description="Expected seconds until it is finished.")
    error: Failure | None
    images: list[Image]
    credits: JobCredits
    batch: str | None
    group: str | None = Field(description="The grid of which it is a cell.")
    cell: dict[str, int | float | str] | None = Field(description="Of a cell: its value on each axis.")
    seq: int = Field(description="Number of its last change among all changes of the member's jobs.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobPage(BaseModel):
    """Some jobs, newest first."""

    items: list[Job]
    next: str | None = Field(description="Send it as `cursor` for the following page; null: there is none.")


class Axis(BaseModel):
    """A setting that is compared."""

    name: str
    values: list[int | float | str]


class Grid(BaseModel):
    """One prompt over several settings."""

    id: str = Field(json_schema_extra={"format": "uuid"}, description="The `group` of its jobs.")
    axes: list[Axis] = Field(description="The columns, then the rows.")
    jobs: list[Job] = Field(description="Its cells, row after row; each says in `cell` where it stands.")


class Recipe(BaseModel):
    """Operations kept under a name."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    name: str
    operations: list[dict[str, Any]]


class Target(BaseModel):
    """A place where pictures go, with its rules."""

    target: str = Field(description="Its short name.")
    name: str = Field(description="In the member's language.")
    width: int = Field(description="Pixels.")
    height: int
    fit: str = Field(description="`fill`: cut to fill it; `pad`: whole, on the background.")
    background: str
    format: str = Field(description="`jpeg`, `png` or `webp`.")
    at_most_kb: int | None
    rules: str = Field(description="What the place asks for beside that, for people.")
    operations: list[dict[str, Any]] = Field(description="The recipe that makes a picture fit.")


class Reason(BaseModel):
    """Why the gate is closed."""

    code: str = Field(examples=["max_side", "parameter:seed"])
    message: str
    lifted_by: str = Field(description="Short name of the first plan that would allow it; empty: none does.")


class Breakdown(BaseModel):
    """How a price comes about."""

    images: int
    price_per_image: int
    engine: str
    recipe: int = Field(description="Part of the price of an image that is for the recipe which follows.")


class Estimate(BaseModel):
    """What a request would cost and when it would start."""

    price: int = Field(description="Credits.")
    breakdown: Breakdown
    position: int | None = Field(description="Place in the order of its engine; 1 is next.")
    starts_in: float | None = Field(description="Expected seconds until the first picture starts.")
    seconds: float = Field(description="Expected seconds a picture.")
    reasons: list[Reason] = Field(description="Everything that stands in the way; empty: nothing does.")


class GridEstimate(BaseModel):
    """What a grid would cost and when it would start."""

    price: int = Field(description="Credits for all cells.")
    cells: int
    position: int | None = Field(description="Place of the first cell in the order of its engine; 1 is next.")
    starts_in: float | None = Field(description="Expected seconds until the first cell starts.")
    reasons: list[Reason] = Field(description="Everything that stands in the way; empty: nothing does.")


class PlanName(BaseModel):
    """A plan."""

    slug: str
    name: str


class Slots(BaseModel):
    """Pictures in work, and how many may be."""

    running: int
    running_limit: int
    waiting: int
    waiting_limit: int


class Storage(BaseModel):
    """Bytes that the member's pictures take."""

    used: int
    limit: int


class Me(BaseModel):
    """The member, and what they may do."""

    id: int
    email: str
    name: str
    language: str = Field(description="Empty: as the browser or the header `Accept-Language` says.")
    plan: PlanName | None
    entitlements: Entitlements
    credits: int
    slots: Slots
    storage: Storage


class Size(BaseModel):
    """Sizes an engine takes, in pixels."""

    minimum: int
    maximum: int
    multiple: int
    max_pixels: int | None


class Capabilities(BaseModel):
    """What an engine can do."""

    modes: list[str]
    size: Size
    negative_prompt: bool
    seed: bool
    steps: tuple[int, int] | None = Field(description="Fewest and most.")
    guidance: bool
    strength: bool
    samplers: list[str]
    models: list[str]
    styles: list[str]
    title: bool
    trained: bool = Field(description="A trained model makes the pictures.")
    progress: str
    preview: bool
    cancel: str
    resumable: bool


class Price(BaseModel):
    """Credits a picture, added up and rounded up."""

    base: float
    per_megapixel: float
    per_step: float


class Engine(BaseModel):
    """A place that makes pictures."""

    slug: str = Field(description="Send it as `engine`.")
    name: str
    description: str
    kind: str
    state: str = Field(description="`open`; `paused` by the site, or `down`: takes work but starts none for now.")
    message: str = Field(description="Why, or what else the people who run this site say about it.")
    capabilities: Capabilities
    typical_seconds: float = Field(description="For a picture of one megapixel.")
    price: Price


class Upload(BaseModel):
    """A picture that was brought; use its id as `reference` or `mask`."""

    id: UUID
    width: int
    height: int
    bytes: int
    thumbnail_url: str
    created_at: datetime


class Recall(BaseModel):
    """How a picture was made, fitted to what you may use."""

    source: str = Field(description="The tool that wrote it.", examples=["ComfyUI"])
    settings: dict[str, int | float | str] = Field(description="Fields of a job.")
    notes: list[str] = Field(description="What is different from the file, or was left out, in your language.")


class WrongField(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """Problem details (RFC 9457): every refusal looks like this."""

    type: str = Field(examples=["urn:problem-type:imagegen:not_in_plan"])
    title: str
    status: int
    detail: str = Field(description="A sentence in the member's language.")
    code: str = Field(description="Stable, for programs.", examples=["not_in_plan"])
    errors: list[WrongField]
    reasons: list[Reason]
