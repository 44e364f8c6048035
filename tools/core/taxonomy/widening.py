"""A query by the taxonomy: who asks for a broader concept means the narrower ones too."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tools.core.assets import Field, FieldValue
from tools.core.search.folding import fold, unspaced
from tools.core.search.lexicon.concepts import LANGUAGES
from tools.core.search.lexicon.inflection import dictionary_forms
from tools.core.search.lexicon.sights import default_sights
from tools.core.search.query import Understood
from tools.core.taxonomy.concepts import Concept, Key, Taxonomy, key_of

LONGEST_LABEL = 5
MOST_NAMES = 400


def widened(asked: Understood, taxonomy: Taxonomy) -> Understood:
    """Let each term that a concept is called by also find what narrower ones are called.

    What shows a narrower concept in a picture, shows the broader one.
    """
    names, sights = dict(asked.reading.names), dict(asked.reading.sights)
    for terms, concept in _named(asked, taxonomy):
        within = taxonomy.within(concept)
        keys = dict.fromkeys(key_of(label.text) for one in within for label in one.labels)
        keys.pop((), None)
        nouns = [label.text for one in within for label in one.labels if label.language == "en"]
        kinds = [kind for noun in nouns if (kind := default_sights().named(fold(noun)))]
        for term in terms:
            names[term] = tuple(dict.fromkeys([*names.get(term, ()), *keys]))[:MOST_NAMES]
            if kinds:
                sights[term] = tuple(dict.fromkeys([*sights.get(term, ()), *kinds]))
    return replace(asked, reading=replace(asked.reading, names=names, sights=sights))


def in_language(why: str, values: Sequence[FieldValue], taxonomy: Taxonomy, language: str) -> str:
    """Give a reason with its tags in the language of the query, where they are concepts."""
    for value in values if "tag '" in why else ():
        if value.field is Field.TAG:
            own = taxonomy.shown(value.value, language)
            why = why.replace(f"tag '{value.value}'", f"tag '{own}'")
    return why


def _named(asked: Understood, taxonomy: Taxonomy) -> Iterator[tuple[Key, Concept]]:
    """Find the concepts that terms, or several together, name; the longest labels first."""
    position = 0
    while position < len(asked.terms):
        for length in range(min(LONGEST_LABEL, len(asked.terms) - position), 0, -1):
            terms = asked.terms[position : position + length]
            if concept := _concept(asked, terms, taxonomy):
                yield terms, concept
                position += length
                break
        else:
            position += 1


def _concept(asked: Understood, terms: Key, taxonomy: Taxonomy) -> Concept | None:
    """Find a concept by its label, in any number, or by another name that the lexicon has."""
    # What is written without spaces was cut where words of the lexicon end.
    whole = ("".join(terms),) if all(map(unspaced, terms)) else terms
    if found := taxonomy.named.get(terms) or taxonomy.named.get(whole):
        return found
    forms = ((*terms[:-1], one) for lang in LANGUAGES for one in dictionary_forms(terms[-1], lang))
    others = asked.reading.names.get(terms[0], ()) if len(terms) == 1 else ()
    return next((taxonomy.named[key] for key in (*forms, *others) if key in taxonomy.named), None)
