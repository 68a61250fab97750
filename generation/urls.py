"""The addresses of the pages."""

from django.urls import path

from generation.views import (
    actions,
    feed,
    gallery,
    image_page,
    leaving,
    pictures,
    presets,
    references,
    shares,
    studio,
)

urlpatterns = [
    path("", studio.studio, name="studio"),
    path("estimate/", studio.estimate, name="estimate"),
    path("account/export/", leaving.export_account, name="export_account"),
    path("account/delete/", leaving.delete_account, name="delete_account"),
    path("feed/", feed.feed, name="feed"),
    path("feed/changes/", feed.changes, name="feed_changes"),
    path("jobs/clear-waiting/", actions.clear_waiting, name="clear_waiting"),
    path("jobs/positions/", feed.positions, name="positions"),
    path("jobs/<uuid:job_id>/card/", feed.job_card, name="job_card"),
    path("jobs/<uuid:job_id>/move/", actions.job_move, name="job_move"),
    path("jobs/<uuid:job_id>/<str:action>/", actions.job_action, name="job_action"),
    path("presets/", presets.save, name="preset_save"),
    path("presets/<uuid:preset_id>/<str:action>/", presets.change, name="preset_change"),
    path("prompts/", presets.prompts, name="prompts"),
    path("references/<uuid:picture_id>/", references.reference, name="reference"),
    path("references/<uuid:picture_id>/file/", references.reference_file, name="reference_file"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/chosen/", gallery.change_chosen, name="chosen_change"),
    path("collections/<uuid:collection_id>/<str:action>/", gallery.collection_action, name="collection_action"),
    path("images/<uuid:image_id>/", image_page.image_page, name="image"),
    path("compare/", image_page.compare, name="compare"),
    path("images/download/", pictures.download, name="images_download"),
    path("images/delete/", pictures.delete, name="images_delete"),
    path("images/<uuid:image_id>/share/", shares.share, name="share"),
    path("images/<uuid:image_id>/<str:action>/", actions.image_action, name="image_action"),
    path("shares/", shares.shared_links, name="shares"),
    path("shares/<uuid:link_id>/revoke/", shares.revoke, name="revoke_share"),
    path("s/<str:token>/", shares.shared, name="shared"),
    path("s/<str:token>/display/", shares.shared_display, name="shared_display"),
    path("s/<str:token>/file/", shares.shared_file, name="shared_file"),
]
