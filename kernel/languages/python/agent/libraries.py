"""Memory that data libraries keep outside the interpreter, for libraries that are loaded already.

A handler gets `(walk, value, cls)`, adds the object's own bytes, reports buffers by address, so that memory that
several objects share counts once, and pushes what else to look into. All calls go to the library's own C functions,
taken from its class: a user's subclass cannot redirect them.
"""
_NDARRAY_BYTES = 112


def _library_handlers():
    """`{class: handler}` of the libraries that the user has loaded."""
    found = {}
    for module, name, handler in (
        ("numpy", "ndarray", _measure_ndarray),
        ("torch", "Tensor", _measure_tensor),
        ("pyarrow.lib", "Table", _measure_arrow_table),
        ("pyarrow.lib", "RecordBatch", _measure_arrow_table),
        ("pyarrow.lib", "ChunkedArray", _measure_arrow_chunks),
        ("pyarrow.lib", "Array", _measure_arrow_array),
        ("pyarrow.lib", "Buffer", _measure_arrow_buffer),
        ("polars", "DataFrame", _measure_polars_frame),
        ("polars", "Series", _measure_polars_series),
    ):
        cls = _loaded_class(module, name)
        if cls is not None:
            found[cls] = handler
    return found


def _native(cls, name):
    return _class_attribute(cls, name).__get__


def _measure_ndarray(walk, value, cls):
    array_class = _loaded_class("numpy", "ndarray")
    base_of = _native(array_class, "base")
    walk.bytes += _NDARRAY_BYTES
    if cls is not array_class:
        walk.extras(value)  # a mask, an axis' name
    # A view keeps all of its owner alive, so the owner is what counts.
    owner = value
    while True:
        base = base_of(owner)
        if base is None or array_class not in _type_mro(type(base)):
            break
        owner = base
    if _is_mapped_file(base):
        return  # pages of a file, which the system can drop
    if base is not None and walk.kinds.of(type(base)) not in ("object", "skip"):
        walk.pending.append(base)
        return
    address = _native(array_class, "__array_interface__")(owner)["data"][0]
    walk.buffer(address, _native(array_class, "nbytes")(owner))
    if _native(array_class, "dtype")(owner).hasobject:
        _measure_object_elements(walk, value, owner, array_class)


def _is_mapped_file(base):
    return base is not None and type(base) is _loaded_class("mmap", "mmap")


def _measure_object_elements(walk, value, owner, array_class):
    if owner is not value and not walk.first_time(owner):
        return
    if _native(array_class, "dtype")(owner).names is not None:
        walk.partial = True  # objects inside records
        return
    flat = _native(array_class, "flat")(owner)
    walk.add_many(_native(array_class, "size")(owner), lambda: flat, lambda place: flat[place])


def _measure_tensor(walk, value, cls):
    tensor_class = _loaded_class("torch", "Tensor")
    walk.bytes += _shallow_bytes(value, cls)
    if not _runs_torch_itself(cls, tensor_class):
        walk.partial = True
        return
    walk.extras(value)
    try:
        storage = _native(tensor_class, "untyped_storage")(value)()
        size = _native(type(storage), "nbytes")(storage)()
        device = str(_native(tensor_class, "device")(value))
        if device != "meta":  # which has shapes only
            walk.buffer(_native(type(storage), "data_ptr")(storage)(), size, "" if device == "cpu" else device)
    except (RuntimeError, NotImplementedError):
        walk.partial = True  # sparse, or a tensor without memory
    gradient = _native(tensor_class, "_grad")(value)
    if gradient is not None:
        walk.pending.append(gradient)


def _runs_torch_itself(cls, tensor_class):
    """Whether calls on the tensor stay in torch: a subclass' `__torch_function__` would see each of them."""
    if cls is tensor_class:
        return True
    return _text(_type_module(cls)).split(".")[0] == "torch" and type(
        _class_attribute(cls, "__torch_function__")
    ).__name__ in ("builtin_function_or_method", "classmethod")


def _measure_arrow_table(walk, value, cls):
    walk.bytes += _shallow_bytes(value, cls)
    column = _native(cls, "column")(value)
    for index in range(_native(cls, "num_columns")(value)):
        _measure_arrow(walk, column(index))
        if walk.late():
            return


def _measure_arrow_chunks(walk, value, cls):
    walk.bytes += _shallow_bytes(value, cls)
    chunk = _native(cls, "chunk")(value)
    for index in range(_native(cls, "num_chunks")(value)):
        _measure_arrow(walk, chunk(index))
        if walk.late():
            return


def _measure_arrow_array(walk, value, cls):
    walk.bytes += _shallow_bytes(value, cls)
    dictionary_class = _loaded_class("pyarrow.lib", "DictionaryArray")
    if dictionary_class in _type_mro(cls):
        _measure_arrow(walk, _native(cls, "dictionary")(value))
    for buffer in _native(_loaded_class("pyarrow.lib", "Array"), "buffers")(value)():
        if buffer is not None:
            _measure_arrow_buffer(walk, buffer, type(buffer))


def _measure_arrow_buffer(walk, value, cls):
    walk.buffer(_native(cls, "address")(value), _native(cls, "size")(value))


def _measure_arrow(walk, value):
    """A part that pyarrow has just wrapped for us: its address means nothing later, only its buffers do."""
    walk.kinds.of(type(value))(walk, value, type(value))


def _measure_polars_frame(walk, value, cls):
    """Polars tells sizes but no addresses: columns that two frames share count in each."""
    walk.bytes += _shallow_bytes(value, cls)
    frame = _instance_dict(value).get("_df")
    walk.bytes += _native(type(frame), "estimated_size")(frame)()


def _measure_polars_series(walk, value, cls):
    walk.bytes += _shallow_bytes(value, cls)
    series = _instance_dict(value).get("_s")
    walk.bytes += _native(type(series), "estimated_size")(series)()
