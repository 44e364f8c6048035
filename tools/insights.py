"""Tools that tell about the library as a whole."""

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.duplicates.report import asks_for_duplicates


@tool(response_format="content_and_artifact")
def library_report(runtime: ToolRuntime[Context], topic: str = "") -> reply.Answer:
    """Give figures about the whole library; `topic` names what is asked for."""
    context = runtime.context
    if asks_for_duplicates(topic):
        return reply.duplicates(context.services.duplicates.report(context.viewer))
    return reply.figures(context.services.library.report(context.viewer), topic)
