"""REGISTRY: the one list of tools, each with what it does to the world."""

from tools.cloud import (
    cloud_granted,
    cloud_services,
    forecast_cloud,
    grant_cloud,
    plan_cloud_run,
    plan_grant,
    revoke_cloud,
    run_cloud,
)
from tools.coming import (
    bulk_update,
    plan_bulk_update,
    plan_workflow,
    predict_performance,
    rewrite_text,
    run_workflow,
)
from tools.core.effects import Effect
from tools.exporting import export_assets, plan_export, plan_sidecars, write_sidecars
from tools.insights import library_report
from tools.lifecycle import (
    archive_assets,
    delete_assets,
    plan_archive,
    plan_delete,
    plan_undo,
    undo,
)
from tools.publishing import plan_publish, publish_assets, withdraw_assets
from tools.repurposing import edit_image, reframe_assets, translate_asset
from tools.rights import check_rights, forecast_rights, record_rights
from tools.search import find_similar, get_asset, search_assets
from tools.spec import ToolSpec
from tools.tagging import (
    collect_assets,
    describe_asset,
    plan_collect,
    plan_tag,
    suggest_tags,
    tag_assets,
)

REGISTRY: tuple[ToolSpec, ...] = (
    ToolSpec(search_assets, Effect.READ),
    ToolSpec(find_similar, Effect.READ),
    ToolSpec(get_asset, Effect.READ),
    ToolSpec(check_rights, Effect.READ),
    ToolSpec(forecast_rights, Effect.READ),
    ToolSpec(suggest_tags, Effect.READ),
    ToolSpec(tag_assets, Effect.WRITE, plan_tag),
    ToolSpec(describe_asset, Effect.WRITE),
    ToolSpec(collect_assets, Effect.WRITE, plan_collect),
    ToolSpec(reframe_assets, Effect.WRITE),
    ToolSpec(translate_asset, Effect.WRITE),
    ToolSpec(edit_image, Effect.WRITE),
    ToolSpec(rewrite_text, Effect.WRITE),
    ToolSpec(record_rights, Effect.WRITE),
    ToolSpec(publish_assets, Effect.PUBLISH, plan_publish),
    ToolSpec(withdraw_assets, Effect.PROTECT),
    ToolSpec(archive_assets, Effect.DESTRUCTIVE, plan_archive),
    ToolSpec(delete_assets, Effect.DESTRUCTIVE, plan_delete),
    ToolSpec(bulk_update, Effect.DESTRUCTIVE, plan_bulk_update),
    ToolSpec(run_workflow, Effect.OUTBOUND, plan_workflow),
    ToolSpec(predict_performance, Effect.READ),
    ToolSpec(library_report, Effect.READ),
    ToolSpec(undo, Effect.WRITE, plan_undo),
    # Where on a disk something is written, a person says and no model.
    ToolSpec(export_assets, Effect.WRITE, plan_export, offered=False),
    ToolSpec(write_sidecars, Effect.DESTRUCTIVE, plan_sidecars, offered=False),
    # What leaves this machine, a person says and no model.
    ToolSpec(cloud_services, Effect.READ, offered=False),
    ToolSpec(forecast_cloud, Effect.READ, offered=False),
    ToolSpec(grant_cloud, Effect.OUTBOUND, plan_grant, offered=False),
    ToolSpec(run_cloud, Effect.OUTBOUND, plan_cloud_run, offered=False, granted=cloud_granted),
    ToolSpec(revoke_cloud, Effect.PROTECT, offered=False),
)


def by_name(registry: tuple[ToolSpec, ...] = REGISTRY) -> dict[str, ToolSpec]:
    """Index tools by name; ValueError when a name is there twice."""
    found = {spec.name: spec for spec in registry}
    if len(found) != len(registry):
        raise ValueError("Two tools of the registry share a name")
    return found
