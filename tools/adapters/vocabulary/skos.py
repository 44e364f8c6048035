"""SKOS in Turtle, RDF/XML and JSON-LD; nothing outside the file is ever read."""

import json
import warnings
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from rdflib import RDF, SKOS, BNode, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from tools.adapters.imaging.xml_tree import parse_drawing
from tools.core.errors import Fixable
from tools.core.taxonomy.concepts import Concept, Label, Taxonomy

SCHEME = URIRef("urn:dalm:taxonomy")
_BASE = "urn:dalm:file"


def read(content: bytes, form: str) -> tuple[Concept, ...]:
    """Give the concepts of a file in a format as rdflib names it, in the order of their ids.

    Raises Fixable for what cannot be parsed, for entities and for contexts that lie elsewhere.
    """
    if form == "xml" and parse_drawing(content, len(content)) is None:
        raise Fixable(
            "The XML cannot be read: it is damaged, or has entities that lead out of the file or "
            "hold others. Export it without them."
        )
    if form == "json-ld":
        _without_links(content)
    graph = Graph()
    try:
        with warnings.catch_warnings():
            # rdflib's JSON-LD parser uses a class that rdflib itself deprecates.
            warnings.simplefilter("ignore", DeprecationWarning)
            graph.parse(data=content.removeprefix(BOM_UTF8), format=form, publicID=_BASE)
    except BadSyntax as error:
        raise Fixable(f"Line {error.lines + 1} is not Turtle: {error._why}.") from error  # noqa: SLF001
    except (ParserError, SAXException, ValueError, TypeError, KeyError, AttributeError) as error:
        line = " ".join(str(error).split())[:160]
        raise Fixable(f"It cannot be read as RDF ({line}). Export it again.") from error
    return tuple(_concepts(graph))


def write(taxonomy: Taxonomy, form: str) -> bytes:
    """Write a taxonomy as a concept scheme."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    for concept in taxonomy.concepts:
        node = URIRef(concept.id)
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, SCHEME))
        for label in concept.labels:
            kind = SKOS.prefLabel if label.preferred else SKOS.altLabel
            graph.add((node, kind, Literal(label.text, lang=label.language or None)))
        for wider in concept.broader:
            graph.add((node, SKOS.broader, URIRef(wider)))
    return graph.serialize(format=form, encoding="utf-8")


def _concepts(graph: Graph) -> Iterator[Concept]:
    below: dict[Any, list[Any]] = {}
    for wider, narrow in graph.subject_objects(SKOS.narrower):
        below.setdefault(narrow, []).append(wider)
    nodes = {*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel, None)}
    nodes -= set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for node in sorted(nodes, key=str):
        above = [*graph.objects(node, SKOS.broader), *below.get(node, ())]
        labels = [
            Label((text.language or "").lower(), _line(text), preferred)
            for kind, preferred in ((SKOS.prefLabel, True), (SKOS.altLabel, False))
            for text in graph.objects(node, kind)
            if isinstance(text, Literal)
        ]
        yield Concept(_name(node), tuple(labels), tuple(sorted({_name(one) for one in above})))


def _name(node: object) -> str:
    """Give the URI of a node; one that has none of its own gets one of this house."""
    return f"urn:dalm:concept:{node}" if isinstance(node, BNode) else str(node)


def _line(text: Literal) -> str:
    return " ".join(str(text).split())


def _without_links(content: bytes) -> None:
    """Refuse contexts that would be fetched."""
    try:
        waiting = [json.loads(content)]
    except ValueError as error:
        raise Fixable(f"It is not JSON ({error}). Export it again.") from error
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            linked = [*_linked(one.get("@context"))]
            if linked:
                raise Fixable(
                    f"Its @context lies elsewhere ({linked[0][:80]}) and nothing is fetched. "
                    "Write the context into the file."
                )
            waiting += one.values()


def _linked(context: object) -> Iterator[str]:
    """Give what a context would fetch; lists may lie within lists."""
    if isinstance(context, str):
        yield context
    elif isinstance(context, list):
        for part in context:
            yield from _linked(part)
    elif isinstance(context, dict) and "@import" in context:
        yield str(context["@import"])
