"""Naming one more output in a TFLite model, so that an inner tensor can be read after a run.

The runtime's own way (`experimental_preserve_all_tensors`) keeps every tensor, which costs 15 MB
and is meant for debugging; one more output costs neither time nor memory.
"""

import struct

# Fields by their place in the TFLite schema (version 3): Model.subgraphs, SubGraph.outputs.
_SUBGRAPHS, _OUTPUTS = 2, 2
_NUMBER = struct.Struct("<I")


def with_output(model: bytes, tensor: int) -> bytes:
    """Give the flatbuffer of a one-graph model whose outputs also name this tensor.

    The list of outputs is written anew at the end, where its forward offset may point.
    Raises ValueError for a file that is no such model.
    """
    if model[4:8] != b"TFL3":
        raise ValueError("not a TFLite model")
    content = bytearray(model)
    graphs = _followed(content, _field(content, _followed(content, 0), _SUBGRAPHS))
    if _NUMBER.unpack_from(content, graphs)[0] != 1:
        raise ValueError("a model of several graphs")
    place = _field(content, _followed(content, graphs + 4), _OUTPUTS)
    old = _followed(content, place)
    count = _NUMBER.unpack_from(content, old)[0]
    outputs = (*struct.unpack_from(f"<{count}i", content, old + 4), tensor)
    content += bytes(-len(content) % 4)
    _NUMBER.pack_into(content, place, len(content) - place)
    content += struct.pack(f"<I{len(outputs)}i", len(outputs), *outputs)
    return bytes(content)


def _followed(content: bytearray, place: int) -> int:
    return place + int(_NUMBER.unpack_from(content, place)[0])


def _field(content: bytearray, table: int, number: int) -> int:
    """Find a field of a table through its vtable."""
    vtable = table - int(struct.unpack_from("<i", content, table)[0])
    size, offset = struct.unpack_from("<H", content, vtable)[0], 0
    if 4 + 2 * number < size:
        offset = struct.unpack_from("<H", content, vtable + 4 + 2 * number)[0]
    if not offset:
        raise ValueError("a field is missing in the model")
    return table + int(offset)
