"""Memory by variable: the user's names with type, shape and deep size, and what grew since the measurement before."""
import re as _re

# IPython's own history of inputs, outputs and directories.
_HISTORY_NAME = _re.compile(r"_+|_i+|_i?\d+|_[iod]h|__.*__|In|Out")
_MAX_NAMES = 5_000
_MAX_OUTPUTS = 200


class _VariableState:
    """`{name: (id, bytes, partial, shape)}`: no reference, so that nothing is kept alive."""

    __slots__ = ("sizes",)

    def __init__(self):
        self.sizes = {}


def _measure_variables(user_ns, hidden_names, budget_s=0.05, limit=50, previous=None):
    """Sizes of the objects behind the user's names.

    @param hidden_names names to leave out, such as those that IPython itself defines
    @param budget_s the thread's own time to spend; what it does not reach has `partial`, and its size is a lower bound
    @param previous the state that the call before returned: gives `growthBytes`
    @returns (list of dicts with VariableSchema's keys, the largest first; the state for the next call)
    """
    end = _work_clock() + budget_s
    walk = _Walk(end)
    for shared in (user_ns, _sys.modules, hidden_names, previous):
        walk.ignore(shared)
    names = _user_names(user_ns, hidden_names, walk.kinds)
    known = previous.sizes if previous is not None else {}
    # An object that had its name before keeps it as its owner: a second name is not growth.
    names.sort(key=lambda entry: known.get(entry[0], (0,))[0] != id(entry[1]))
    state = _VariableState()
    measured = []
    weights = [_work(value, walk.kinds) for _, value in names]
    work_left = sum(weights)
    for index, (name, value) in enumerate(names):
        now = _work_clock()
        share = (end - now) * weights[index] / work_left if work_left else 0
        work_left -= weights[index]
        size, partial, shared = walk.measure(value, index, now + max(share, 0))
        entry = {"name": name, "type": _variable_type(value), "sizeBytes": size}
        shape = _shape_text(value, walk.kinds)
        if shape:
            entry["shape"] = shape
        if partial:
            entry["partial"] = True
        other = _shared_with(shared, size)
        if other is not None:
            entry["sharedWith"] = names[other][0]
        whole = size + sum(amount for amount in shared.values() if amount != _math.inf)
        if other is not None and shared[other] == _math.inf:
            whole = measured[other][1]
        measured.append((entry, whole))
        state.sizes[name] = (id(value), whole, partial, shape)
        if name in known:
            owned_elsewhere = other is not None and size == 0
            entry["growthBytes"] = 0 if owned_elsewhere else _growth(known[name], state.sizes[name])
    entries = [entry for entry, _ in measured]
    entries.sort(key=lambda entry: -max(entry["sizeBytes"], abs(entry.get("growthBytes", 0))))
    return entries[:limit], state


def _user_names(user_ns, hidden_names, kinds):
    """`[(name, value)]` in the order of definition, then the outputs that IPython's `Out` keeps alive."""
    found = []
    for name, value in list(dict.items(user_ns))[:_MAX_NAMES]:
        if type(name) is not str or name in hidden_names or _HISTORY_NAME.fullmatch(name):
            continue
        if kinds.of(type(value)) != "skip":
            found.append((name, value))
    outputs = dict.get(user_ns, "_oh")
    if type(outputs) is dict:
        for count, value in list(outputs.items())[-_MAX_OUTPUTS:]:
            if kinds.of(type(value)) not in ("skip", "atom"):
                found.append(("Out[{}]".format(count), value))
    return found


def _work(value, kinds):
    """A guess at the time that a walk takes, for fair shares of the budget."""
    cls = type(value)
    kind = kinds.of(cls)
    if kind == "container":
        return 1_000 + min(_CONTAINER_LENGTHS[_container_base(cls)](value), _MAX_WALKED)
    return 100 if kind == "atom" or kind == "flat" else 10_000


def _growth(before, now):
    """Bytes between two measurements `(id, bytes, partial, shape)` of one name.

    Two samples of one object differ by chance: where its length is known and the same, it has not grown.
    """
    sampled = before[2] or now[2]
    if sampled and now[3] and before[0] == now[0] and before[3] == now[3]:
        return 0
    return now[1] - before[1]


def _shared_with(shared, size):
    """The name that owns most of what this one shares; None where that is a trifle."""
    if not shared:
        return None
    owner = max(shared, key=lambda index: shared[index])
    amount = shared[owner]
    return owner if amount >= 1024 and amount > size / 10 else None


def _variable_type(value):
    cls = type(value)
    name = _type_name(cls)
    tensor_class = _loaded_class("torch", "Tensor")
    if tensor_class is not None and tensor_class in _type_mro(cls) and _runs_torch_itself(cls, tensor_class):
        device = str(_native(tensor_class, "device")(value))
        return name if device == "cpu" else "{} ({})".format(name, device)
    return name
