"""What goes in, as types: wrong values are refused by their field, and this is the documentation."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from generation.models import Job
from generation.services.grids import Axis, GridRequest, Value
from generation.services.requests import JobRequest

RECIPE: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "object"}}]}
A_PICTURE = "01932f6e-7a4b-7c3d-9e2f-5b8a6c4d2e10"


def _storable(text: str) -> str:
    """Refuse what no database takes."""
    if "\x00" in text:
        raise PydanticCustomError("string_unicode", "not text")
    return text


def _one_answer(value: Any, validate: ValidatorFunctionWrapHandler) -> Value:
    """Refuse a value once, not once for each type that it could have had."""
    try:
        validated: Value = validate(value)
    except ValidationError:
        raise PydanticCustomError("axis_value", "neither number nor text") from None
    return validated


Words = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
Key = Annotated[str, Field(max_length=120), AfterValidator(_storable)]
AxisValue = Annotated[int | float | Words, WrapValidator(_one_answer)]
PictureId = Annotated[UUID, Field(strict=False)]  # JSON has no UUIDs, so one comes as text


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

    prompt: str = Field("", description="What to draw, up to 4,000 characters. Only the mode `process` needs none.")
    negative_prompt: str | None = Field(None, description="What to leave out.")
    engine: str | None = Field(
        None, description="Short name of an engine of `GET /engines`; left out: the first that has what is asked for."
    )
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
        None,
        description="`text-to-image`, `image-to-image`, `inpaint` or `process`; else told by `reference` and `mask`.",
    )
    recipe: Any = Field(
        None,
        json_schema_extra=RECIPE,
        description=(
            "A saved recipe's id or a list of operations, which each picture goes through once it is made; "
            "in mode `process`, what to do with `reference`."
        ),
    )

    def to_request(self) -> JobRequest:
        """Give the value that every door hands on."""
        return JobRequest(**{name: value for name, value in self if value is not None})


class AxisIn(BaseModel):
    """A setting that takes several values in turn."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Words = Field(
        description="`engine`, `model`, `style`, `size`, `steps`, `guidance`, `strength`, `sampler` or `seed`."
    )
    values: list[AxisValue] = Field(description="In order; a size is written as `1024x768`.")


class GridIn(JobIn):
    """One prompt over several settings: what all pictures have in common, and the axes by which they differ."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "prompt": "a lighthouse in a storm",
                    "axes": [
                        {"name": "style", "values": ["watercolour", "ink", "oil"]},
                        {"name": "size", "values": ["1024x1024", "1280x720"]},
                    ],
                }
            ]
        }
    )

    axes: list[AxisIn] = Field(description="One or two: the columns, then the rows; 2 to 36 pictures together.")

    def to_grid(self) -> GridRequest:
        """Give the value that every door hands on."""
        common = {name: value for name, value in self if value is not None and name != "axes"}
        axes = [Axis(axis.name, axis.values) for axis in self.axes]
        return GridRequest(request=JobRequest(**common), axes=axes)


class ProcessIn(BaseModel):
    """What to do with a picture."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"recipe": [{"op": "resize", "width": 800}, {"op": "colour", "auto": 70}]}]},
    )

    recipe: Any = Field(
        json_schema_extra=RECIPE, description="A saved recipe's id, or a list of operations, see docs/processing.md."
    )


class RecipeIn(BaseModel):
    """Operations to keep under a name."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Words = Field(description="The same name again replaces what it named.")
    operations: list[Any] = Field(description="In order; see docs/processing.md.")


class JobFilters(BaseModel):
    """Which jobs to list."""

    status: Job.Status | None = Field(None, description="Only jobs in this state.")
    batch: UUID | None = Field(None, description="Only jobs of this batch.")
    group: UUID | None = Field(None, description="Only the cells of this grid.")
    q: Words | None = Field(None, description="Only jobs whose prompt has these words in it.")
    cursor: Words | None = Field(None, description="`next` of the page before.")
    limit: int = Field(20, ge=1, le=100, description="Jobs a page.")
