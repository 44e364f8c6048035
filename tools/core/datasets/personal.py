"""Which columns of a table are about persons, by their names and by what is in them."""

import re
from collections.abc import Sequence

from tools.core.search.folding import fold

_NAMED = (
    ("e-mail", r"e ?mail|mail adress|courriel|correo electronico|メール"),
    (
        "phone",
        r"(?:tele)?phones?|(?:phone|tel|fax|mobile|cell)(?: no| nr| number)?|"
        r"telefon(?:o|e|nummer)?|handy|mobil(?:e|nummer)?|telefoon(?:nummer)?|movil|celular|cellulare|電話(?:番号)?",
    ),
    (
        "name",
        r"(?:first|last|full|sur|given|family|middle|maiden|user|contact|customer|employee)"
        r" ?names?|vorname|nachname|familienname|prenom|nom de famille|apellidos?|nome e cognome|"
        r"cognome|sobrenome|achternaam|voornaam|氏名|名前|お名前",
    ),
    (
        "address",
        r"(?:street|home|postal|billing|shipping) ?address|street|strasse|adresse|anschrift|"
        r"direccion|indirizzo|endereco|adres|post ?code|zip(?: code)?|plz|住所|郵便番号",
    ),
    (
        "date of birth",
        r"(?:date of )?birth(?: ?da(?:y|te))?|dob|geburts(?:datum|tag)|date de naissance|"
        r"fecha de nacimiento|data di nascita|data de nascimento|geboortedatum|生年月日",
    ),
    ("identity number", r"ssn|social security(?: number)?|passport(?: no| number)?|iban|tax id"),
)
_NAMES = tuple((kind, re.compile(rf"(?:.* )?(?:{words})(?: \d+)?")) for kind, words in _NAMED)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?:\+|00|0|\()[\d ()/.\-]{6,22}\d")
_IBAN = re.compile(r"[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{0,4}")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
_PERSON = re.compile(r"[^\W\d_a-z][\w'\u2019-]+(?: [^\W\d_a-z]\.?[\w'\u2019-]*){1,2}")
MOSTLY, SOME = 0.6, 0.1


def personal_kind(name: str, values: Sequence[str]) -> str:
    """Name the kind of personal data that a column holds, or give ""."""
    called = " ".join(re.split(r"[\s_\-.:]+|(?<=[a-z])(?=[A-Z])", name))
    folded = fold(called)
    for kind, pattern in _NAMES:
        if pattern.fullmatch(folded):
            return kind
    if _share(_EMAIL, values) >= SOME:
        return "e-mail"
    if _share(_IBAN, values) >= MOSTLY:
        return "identity number"
    phones = [value for value in values if not _DATE.fullmatch(value) and _digits(value) >= 7]
    if values and _share(_PHONE, phones) * len(phones) / len(values) >= MOSTLY:
        return "phone"
    # "Name" alone may be of a product; two capitalised words in most cells are of people.
    if folded in {"name", "names", "nom", "nombre", "nome", "naam", "author", "creator"}:
        return "name" if _share(_PERSON, values) >= MOSTLY else ""
    return ""


def _share(pattern: re.Pattern[str], values: Sequence[str]) -> float:
    if not values:
        return 0.0
    return sum(bool(pattern.fullmatch(value.strip().lstrip("'"))) for value in values) / len(values)


def _digits(value: str) -> int:
    return sum(letter.isdigit() for letter in value)
