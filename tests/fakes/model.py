"""A chat model that says what a test wrote down."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult


class ScriptedModel(BaseChatModel):
    """Answers with the lines of its script, one per call, and with nothing after the last."""

    script: list[Any]
    heard: list[Any]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "ScriptedModel":
        return self

    def _next(self, messages: list[BaseMessage]) -> AIMessage:
        self.heard.append(messages)
        line = self.script.pop(0) if self.script else ""
        if isinstance(line, Exception):
            raise line
        if isinstance(line, str):
            return AIMessage(line)
        if isinstance(line, AIMessage):
            return line
        calls = line if isinstance(line, list) else [line]
        return AIMessage(
            "",
            tool_calls=[
                {"name": name, "args": args, "id": f"call-{len(self.heard)}-{n}"}
                for n, (name, args) in enumerate(calls)
            ],
        )

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._next(messages))])

    def _stream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        answer = self._next(messages)
        words = str(answer.content).split()
        for number, word in enumerate(words, start=1):
            ended = {"finish_reason": "stop"} if number == len(words) else {}
            yield ChatGenerationChunk(message=AIMessageChunk(word + " "), generation_info=ended)
        if answer.additional_kwargs:
            noted = AIMessageChunk("", additional_kwargs=answer.additional_kwargs)
            yield ChatGenerationChunk(message=noted)
        if answer.tool_calls:
            yield ChatGenerationChunk(
                message=AIMessageChunk(
                    "",
                    tool_call_chunks=[
                        {
                            "name": call["name"],
                            "args": json.dumps(call["args"]),
                            "id": call["id"],
                            "index": n,
                        }
                        for n, call in enumerate(answer.tool_calls)
                    ],
                ),
                generation_info={"finish_reason": "tool_calls"},
            )
