"""GBNF grammars that let the model write nothing but the arguments still missing."""

from collections.abc import Sequence

_BASE = r"""
s ::= "\"" [^"\\\n{}]{1,80} "\""
arr ::= "[" s ("," s){0,5} "]"
field ::= "\"title\"" | "\"description\"" | "\"alt_text\""
"""
_LISTS = frozenset({"add", "remove"})


def arguments_grammar(tool: str, names: Sequence[str]) -> str:
    """Give the grammar of ` {"name":value}` for the named arguments of a tool."""
    if tool == "tag_assets":
        body = f'({_pair("add")} ("," {_pair("remove")})? | {_pair("remove")})'
    elif tool == "describe_asset":
        body = "(" + " | ".join(_pair(name) for name in names) + ")"
    else:
        body = ' "," '.join(_pair(name) for name in names)
    return f'root ::= " {{" {body} "}}"{_BASE}'


def _pair(name: str) -> str:
    value = "arr" if name in _LISTS else "field" if name == "topic" else "s"
    return f'"\\"{name}\\":" {value}'
