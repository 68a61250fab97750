"""What members read: our sentences for codes, never a raw remote message."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ERRORS: dict[str, Promise] = {
    "invalid_parameter": _(
        "The engine does not take one of these settings. Change the size or the style and try again."
    ),
    "moderation_rejected": _("The engine refused this prompt or picture. Say it in other words and try again."),
    "rate_limited": _("The engine is asked for too much at the moment. Try again in a few minutes."),
    "quota_exhausted": _("The engine's account is used up. The people who run this site need to look at it."),
    "auth_failed": _("The engine does not accept our key. The people who run this site need to look at it."),
    "misconfigured": _("The engine is not set up rightly. The people who run this site need to look at it."),
    "engine_down": _("The engine cannot be reached. Try again in a few minutes."),
    "lost": _("The engine lost this picture, probably because it was restarted. Try again."),
    "timed_out": _("The engine took too long. Try again, perhaps with a smaller size."),
    "out_of_resources": _("The engine ran out of memory. Try again with a smaller size."),
    "engine_failed": _("The engine failed. Try again."),
    "bad_result": _("The engine answered with something that is not a picture. Try again."),
    "worker_lost": _("This picture stopped the worker three times, so it is not tried again."),
    "reference_missing": _("The reference picture is not there any more. Choose another one."),
    "unsafe": _("The picture looks like nakedness, which is not shown here. Say it in other words and try again."),
    "internal": _("Something went wrong on our side. Try again; the people who run this site can see why."),
}

# In a few words, for the lists of those who run the site.
NAMES: dict[str, Promise] = {
    "invalid_parameter": _("setting not taken"),
    "moderation_rejected": _("refused by the engine"),
    "rate_limited": _("asked for too much"),
    "quota_exhausted": _("account used up"),
    "auth_failed": _("key not accepted"),
    "misconfigured": _("not set up rightly"),
    "engine_down": _("not reached"),
    "lost": _("lost by the engine"),
    "timed_out": _("took too long"),
    "out_of_resources": _("out of memory"),
    "engine_failed": _("engine failed"),
    "bad_result": _("not a picture"),
    "worker_lost": _("stopped the worker"),
    "reference_missing": _("reference missing"),
    "unsafe": _("held back as unsafe"),
    "no_subject": _("no clear subject"),
    "internal": _("fault on our side"),
}

# Of engines, for those who run the site: what to look at.
REMEDIES: dict[str, Promise] = {
    "invalid_parameter": _("The engine does not take this request. Look at the model, the sizes and the workflow."),
    "moderation_rejected": _("The engine refused this prompt. Try another one."),
    "rate_limited": _("The engine is asked for too much. Wait a few minutes, or lower how many pictures run at once."),
    "quota_exhausted": _("The account at the provider is used up. Top it up there."),
    "auth_failed": _("The engine does not accept the key. Type it again, and look whether it may use this model."),
    "misconfigured": _("The engine does not know what the settings name. Look at the address, model and workflow."),
    "engine_down": _("The engine cannot be reached. Look whether it runs, and at its address and port."),
    "timed_out": _("The engine does not answer in time. Look how busy it is, or allow it more time."),
    "out_of_resources": _("The engine ran out of memory. Free some there, or choose a smaller model."),
    "engine_failed": _("The engine failed. Its own log says why."),
    "bad_result": _("The engine answers with something that is no picture. Look whether the address is its API's."),
    "lost": _("The engine lost the picture, probably because it was restarted. Try again."),
}

# Of pictures that went through a recipe; what is not here is said as above.
RECIPE_ERRORS: dict[str, Promise] = {
    "invalid_parameter": _(
        "The recipe cannot be run on this picture. Allow more kB or a smaller size, then try again."
    ),
    "timed_out": _("The recipe took too long. Try again, perhaps with fewer operations."),
    "out_of_resources": _("The recipe ran out of memory. Try again with a smaller size."),
    "engine_failed": _("The recipe failed. Try again."),
    "misconfigured": _("An operation of the recipe is not installed here. Choose another recipe."),
    "no_subject": _(
        "Nothing in this picture stands out from its background. Choose one with a clear subject, or take this step "
        "out of the recipe."
    ),
    "reference_missing": _("The picture that the recipe starts from is not there any more. Choose another one."),
}

TROUBLES: dict[str, Promise] = {
    "engine_down": _("the engine cannot be reached; it is tried again by itself"),
    "timed_out": _("the engine does not answer in time; it is tried again by itself"),
}
OTHER_TROUBLE = _("the engine does not work; the people who run this site need to look at it")

STAGES: dict[str, Promise] = {
    "waiting": _("Waiting"),
    "starting": _("Starting"),
    "loading": _("Loading the model"),
    "words": _("Reading the prompt"),
    "reference": _("Reading the reference picture"),
    "background": _("Painting the background"),
    "subjects": _("Drawing the subjects"),
    "foreground": _("Painting the foreground"),
    "light": _("Setting the light"),
    "weather": _("Adding the weather"),
    "style": _("Applying the style"),
    "making": _("Making the picture"),
    "sampling": _("Sampling"),
    "resize": _("Resizing"),
    "crop": _("Cropping"),
    "rotate": _("Turning"),
    "trim": _("Trimming"),
    "border": _("Framing"),
    "colour": _("Changing the colours"),
    "watermark": _("Writing the watermark"),
    "logo": _("Adding the logo"),
    "title": _("Setting the title"),
    "upscale": _("Enlarging"),
    "cutting_out": _("Removing the background"),
    "convert": _("Choosing the file format"),
    "encoding": _("Writing the file"),
    "storing": _("Storing"),
    "cancelling": _("Cancelling…"),
}


def error_message(code: str, *, in_recipe: bool = False) -> str:
    """Give the sentence for an error code, in the active language; `in_recipe`: in the lane of recipes."""
    known = ERRORS | RECIPE_ERRORS if in_recipe else ERRORS
    return str(known.get(code, ERRORS["internal"]))


def error_name(code: str) -> str:
    """Name an error code in a few words, in the active language; nothing for no error."""
    return str(NAMES.get(code, code))


def remedy(code: str) -> str:
    """Tell those who run the site what to do about an engine, in the active language."""
    return str(REMEDIES.get(code, ERRORS["internal"]))


def trouble_message(code: str) -> str:
    """Say why an engine is down, in the active language."""
    return str(TROUBLES.get(code, OTHER_TROUBLE))


def stage_label(stage: str) -> str:
    """Give the words for a stage, in the active language; an engine's own stage is shown as it is."""
    return str(STAGES.get(stage, stage))
