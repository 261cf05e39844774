"""What a type calls its size: `1,000 × 14`, `3 items`."""


def _shape_text(value, kinds):
    """@returns text, or an empty string for types without a size"""
    try:
        return _shape(value, type(value), kinds)
    except Exception:
        return ""  # a library whose inside has changed


def _shape(value, cls, kinds):
    kind = kinds.of(cls)
    if cls is str:
        return _count_text(len(value), "character")
    if cls is bytes or cls is bytearray:
        return _count_text(len(value), "byte")
    if kind == "container":
        return _count_text(_CONTAINER_LENGTHS[_container_base(cls)](value), "item")
    bases = _type_mro(cls)
    for module, name, lengths in (
        ("numpy", "ndarray", lambda found: _native(found, "shape")(value)),
        ("torch", "Tensor", lambda found: _tensor_lengths(value, cls, found)),
        ("pandas", "DataFrame", lambda found: [_pandas_length(axis) for axis in reversed(_pandas_axes(value))]),
        ("pandas", "Series", lambda found: [_pandas_length(axis) for axis in _pandas_axes(value)]),
        ("pandas", "Index", lambda found: [_pandas_length(value)]),
        ("pyarrow.lib", "Table", lambda found: [_native(cls, "num_rows")(value), _native(cls, "num_columns")(value)]),
        ("pyarrow.lib", "RecordBatch", lambda found: [_native(cls, "num_rows")(value), _native(cls, "num_columns")(value)]),
        ("pyarrow.lib", "ChunkedArray", lambda found: [_native(found, "__len__")(value)()]),
        ("pyarrow.lib", "Array", lambda found: [_native(found, "__len__")(value)()]),
        ("polars", "DataFrame", lambda found: _polars_lengths(_instance_dict(value)["_df"])),
        ("polars", "Series", lambda found: [_instance_dict(value)["_s"].len()]),
    ):  # fmt: skip
        found = _loaded_class(module, name)
        if found is not None and found in bases:
            return _lengths_text(lengths(found))
    if _text(_type_module(cls)).startswith("scipy.sparse"):
        return _lengths_text(_instance_dict(value).get("_shape", ()))
    return ""


def _lengths_text(lengths):
    lengths = [int(length) for length in lengths]
    return _count_text(lengths[0], "item") if len(lengths) == 1 else _dimensions_text(lengths)


def _tensor_lengths(value, cls, tensor_class):
    return tuple(_native(tensor_class, "shape")(value)) if _runs_torch_itself(cls, tensor_class) else ()


def _pandas_axes(value):
    """The block manager's axes: columns, then index; a series has one."""
    manager = _instance_dict(value)["_mgr"]
    names = _instance_dict(manager)
    if "axes" in names:
        return names["axes"]
    return _native(type(manager), "axes")(manager)


def _pandas_length(index):
    """`len` of pandas' own classes of index only."""
    if _text(_type_module(type(index))).split(".")[0] != "pandas":
        raise TypeError("an index class of the user's")
    return len(index)


def _polars_lengths(frame):
    if _text(_type_name(type(frame))) != "PyDataFrame":
        raise TypeError("not a frame of polars")
    return frame.shape()
