"""Which tools take one asset, which many, and which must never be guessed."""

GATED = frozenset(
    {
        "publish_assets",
        "withdraw_assets",
        "archive_assets",
        "delete_assets",
        "bulk_update",
        "run_workflow",
    }
)
READING = frozenset({"check_rights", "suggest_tags", "predict_performance"})
ONE = frozenset(
    {
        "find_similar",
        "get_asset",
        "describe_asset",
        "translate_asset",
        "edit_image",
        "rewrite_text",
    }
)
MANY = frozenset(
    {
        "check_rights",
        "suggest_tags",
        "tag_assets",
        "collect_assets",
        "reframe_assets",
        "record_rights",
        "publish_assets",
        "withdraw_assets",
        "archive_assets",
        "delete_assets",
    }
)
SPEAKING_OF_CONTENT = frozenset({"edit_image", "rewrite_text"})
OPTIONAL = frozenset({"run_workflow", "predict_performance"})
MAKERS = frozenset({"reframe_assets", "translate_asset", "edit_image", "rewrite_text"})
KINDS = {
    "reframe_assets": "image",
    "edit_image": "image",
    "translate_asset": "document",
    "rewrite_text": "document",
}
# What is rather done when one of these is likely but not sure: it can be undone.
UNGATED = {"publish_assets": "reframe_assets"}
# A question never writes: what it would have been answered by instead.
READS_INSTEAD = {
    "tag_assets": "get_asset",
    "describe_asset": "get_asset",
    "collect_assets": "search_assets",
    "record_rights": "check_rights",
}
