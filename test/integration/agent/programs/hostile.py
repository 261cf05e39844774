"""Objects that record every call of their code; none may come."""
import json
import sys
import types

from agent_parts import load

agent = load()
calls = []


class Meta(type):
    def __instancecheck__(cls, other):
        calls.append("instancecheck")
        return True

    def __subclasscheck__(cls, other):
        calls.append("subclasscheck")
        return True

    def __getattribute__(cls, name):
        calls.append("meta " + name)
        return type.__getattribute__(cls, name)


def recorder(name, result=None, error=None):
    def record(self, *args, **kwargs):
        calls.append(name)
        if error is not None:
            raise error
        return result

    return record


SPECIAL = (
    "__len__ __iter__ __sizeof__ __getattr__ __hash__ __eq__ __repr__ __str__ __bool__ __index__ __reduce__ "
    "__reduce_ex__ __getitem__ __contains__ __call__ __getstate__ __del__ __array__ keys values items copy"
).split()


def hostile(base, **more):
    names = {name: recorder(base.__name__ + "." + name, error=RuntimeError(name)) for name in SPECIAL}
    names["__del__"] = recorder("__del__")
    names["__getattribute__"] = lambda self, name: (calls.append("attribute " + name), base.__getattribute__(self, name))[1]
    for name in ("__class__", "nbytes", "shape", "size", "dtype", "index", "columns", "_mgr2", "rows"):
        if not (name == "__class__" and base is not object):
            names[name] = property(recorder("property " + name, error=RuntimeError(name)))
    names.update(more)
    return Meta("Hostile" + base.__name__.title(), (base,), names)


def plain(value, **attributes):
    for name, content in attributes.items():
        object.__setattr__(value, name, content)
    return value


HostileObject = hostile(object)
HostileSlots = hostile(object, __slots__=("payload",))
names = {
    "instance": plain(HostileObject(), payload=bytearray(1_000_000)),
    "slots": plain(HostileSlots(), payload=bytearray(1_000_000)),
    "instances": [plain(HostileObject(), payload=bytes(1_000 + index)) for index in range(3_000)],
    "list_kind": hostile(list)([bytearray(1_000_000)]),
    "dict_kind": hostile(dict)({"key": bytearray(1_000_000)}),
    "tuple_kind": hostile(tuple)([bytearray(1_000_000)]),
    "text_kind": hostile(str)("x" * 1_000_000),
}
names["cycle"] = plain(HostileObject(), payload=bytearray(1_000_000), me=None)
object.__setattr__(names["cycle"], "me", names["cycle"])


class LazyModule(types.ModuleType):
    def __getattribute__(self, name):
        calls.append("module " + name)
        return types.ModuleType.__getattribute__(self, name)


if "libraries" in sys.argv:
    import pandas  # and with it numpy and pyarrow

for module in ("numpy", "pandas", "polars", "pyarrow", "pyarrow.lib", "torch", "asyncio"):
    if module not in sys.modules:
        sys.modules[module] = LazyModule(module)
names["lazy_module"] = LazyModule("later")

if "libraries" in sys.argv:
    import numpy

    HostileArray = type(
        "HostileArray",
        (numpy.ndarray,),
        {
            "__array_finalize__": lambda self, other: None,
            **{name: recorder(name, error=RuntimeError(name)) for name in SPECIAL if name != "__del__"},
            **{
                name: property(recorder("property " + name, error=RuntimeError(name)))
                for name in ("nbytes", "shape", "size", "dtype", "base", "flat", "__array_interface__")
            },
        },
    )
    HostileFrame = type(
        "HostileFrame",
        (pandas.DataFrame,),
        {
            **{
                name: property(recorder("property " + name, error=RuntimeError(name)))
                for name in ("shape", "index", "columns", "values", "size")
            },
            "memory_usage": recorder("memory_usage", error=RuntimeError()),
            "__getattr__": recorder("frame attribute", error=AttributeError()),
            "__len__": recorder("frame length", error=RuntimeError()),
        },
    )
    names["array"] = numpy.zeros(125_000).view(HostileArray)
    names["frame"] = HostileFrame(pandas.DataFrame({"a": numpy.arange(125_000)})._mgr)
    objects = numpy.empty(2_000, dtype=object)
    for index in range(2_000):
        objects[index] = plain(HostileObject(), payload=bytes(1_000))
    names["objects"] = objects

calls.clear()
modules_before, names_before = set(sys.modules), set(names)
state = None
for budget in (0.0, 0.02, 5.0):
    measured, state = agent["_measure_variables"](names, frozenset(), budget_s=budget, previous=state)
result = {
    "calls": list(calls),
    "newModules": sorted(set(sys.modules) - modules_before),
    "newNames": sorted(set(names) - names_before),
    "variables": measured,
}
print(json.dumps(result))
