"""Fields that files carry inside them, by their names in FileFacts.embedded."""

from tools.core.assets import Field

# Letters of such a text that the library keeps, on one line.
LONGEST_EMBEDDED = 2000
# Those with one text each; lists and marks are read and written apart.
TEXTS = {
    "title": Field.TITLE,
    "description": Field.DESCRIPTION,
    "alt_text": Field.ALT_TEXT,
    "creator": Field.CREATOR,
    "credit": Field.CREDIT,
    "copyright": Field.COPYRIGHT,
    "rights_holder": Field.RIGHTS_HOLDER,
    "usage_terms": Field.USAGE_TERMS,
    "web_statement": Field.WEB_STATEMENT,
    "licensor": Field.LICENSOR,
    "data_mining": Field.DATA_MINING,
    "source_type": Field.SOURCE_TYPE,
}
