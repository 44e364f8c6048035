"""How many people a picture shows, from the faces and the persons that models saw in it."""

from tools.core.ingest.evidence import Evidence, faces_from_json

SURE = 0.5
PERSON = "person"


def people_in(faces: str | None, evidence: str | None) -> int | None:
    """Count people in the JSON of two fields; None for what no model has looked at.

    Faces without a body and bodies without a face both happen, so the larger count holds. A person
    without a box was seen in a later frame of a video, perhaps one that was counted already.
    """
    if faces is None and evidence is None:
        return None
    seen = Evidence.from_json(evidence).objects if evidence else ()
    persons = [one for one in seen if one.name == PERSON and one.score >= SURE]
    boxed = sum(one.box is not None for one in persons)
    return max(len(faces_from_json(faces)) if faces else 0, boxed, min(len(persons), 1))
