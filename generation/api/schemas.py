"""What goes in and what comes out, as types: they are checked, and they are the documentation."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from accounts.exceptions import FieldError
from accounts.models import Entitlements
from generation.api.sentences import NO_RECIPES
from generation.exceptions import Invalid
from generation.models import Job as JobRow
from generation.services.requests import JobRequest

LARGEST_PAGE = 100
A_PICTURE = "01932f6e-7a4b-7c3d-9e2f-5b8a6c4d2e10"


def _storable(text: str) -> str:
    """Refuse what no database takes."""
    if "\x00" in text:
        raise PydanticCustomError("string_unicode", "not text")
    return text


Words = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
Key = Annotated[str, Field(max_length=120), AfterValidator(_storable)]
PictureId = Annotated[UUID, Field(strict=False)]  # JSON has no UUIDs, so one comes as text


# --- What goes in ---------------------------------------------------------------------------------------------


class JobIn(BaseModel):
    """What to make. Only `prompt` is needed; what is left out, null or "" is chosen for you."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {"prompt": "a cute kitten by the sea at sunset", "style": "watercolour", "count": 4},
                {"prompt": "the same at night", "reference": A_PICTURE, "strength": 0.6, "width": 1024, "height": 1024},
            ]
        },
    )

    prompt: str = Field(description="What to draw, up to 4,000 characters.")
    negative_prompt: str | None = Field(None, description="What to leave out.")
    engine: str | None = Field(None, description="Short name of an engine of `GET /engines`.")
    model: str | None = Field(None, description="One of the engine's models.")
    width: int = Field(1024, description="Pixels.")
    height: int = Field(1024, description="Pixels.")
    count: int = Field(1, description="How many pictures, 1 to 8.")
    seed: int | None = Field(None, description="The first picture's seed; the next ones count up from it.")
    steps: int | None = Field(None, description="Denoising steps.")
    guidance: float | None = Field(None, description="How closely to follow the prompt.", allow_inf_nan=False)
    sampler: str | None = Field(None, description="One of the engine's samplers.")
    strength: float | None = Field(
        None, description="How far the result may leave the reference, 0 to 1.", allow_inf_nan=False
    )
    style: str | None = Field(None, description="One of the engine's styles.")
    title: str | None = Field(None, description="Words to write into the picture.")
    reference: PictureId | None = Field(None, description="An upload's or an image's id: what to start from.")
    mask: PictureId | None = Field(None, description="An upload's or an image's id: white is repainted.")
    mode: str | None = Field(
        None, description="`text-to-image`, `image-to-image` or `inpaint`; else told by `reference` and `mask`."
    )
    recipe: Any = Field(None, description="Not available here yet.")

    def to_request(self) -> JobRequest:
        """Give the value that every door hands on. Raises `Invalid` for a recipe."""
        if self.recipe is not None:
            raise Invalid(errors=[FieldError("recipe", NO_RECIPES)])
        return JobRequest(**{name: value for name, value in self if value is not None})


class JobFilters(BaseModel):
    """Which jobs to list."""

    status: JobRow.Status | None = Field(None, description="Only jobs in this state.")
    batch: UUID | None = Field(None, description="Only jobs of this batch.")
    q: Words | None = Field(None, description="Only jobs whose prompt has these words in it.")
    cursor: Words | None = Field(None, description="`next` of the page before.")
    limit: int = Field(20, ge=1, le=LARGEST_PAGE, description="Jobs a page.")


# --- What comes out -------------------------------------------------------------------------------------------


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
    thumbnail_url: str | None
    error: Failure | None
    attempts: int
    facts: dict[str, Any] = Field(description="What the engine says went into it.")
    started_at: datetime | None
    finished_at: datetime | None
    parent: str | None = Field(description="The image it was made from by a recipe.")
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
    group: str | None
    seq: int = Field(description="Number of its last change among all changes of the member's jobs.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobPage(BaseModel):
    """Some jobs, newest first."""

    items: list[Job]
    next: str | None = Field(description="Send it as `cursor` for the following page; null: there is none.")


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


class Estimate(BaseModel):
    """What a request would cost and when it would start."""

    price: int = Field(description="Credits.")
    breakdown: Breakdown
    position: int | None = Field(description="Place in the order of its engine; 1 is next.")
    starts_in: float | None = Field(description="Expected seconds until the first picture starts.")
    seconds: float = Field(description="Expected seconds a picture.")
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
    state: str = Field(description="`open`, or `paused`: takes work but starts none for now.")
    message: str = Field(description="What the people who run this site say about it.")
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
