"""Looks at objects and classes without running a line of the user's code.

Attribute access can run properties, `__getattr__`, `__class__`, metaclasses and lazy loaders. Everything here goes
through descriptors of `type`, `object` and `module` themselves, which are C code that no class can override.
"""
import gc as _gc
import sys as _sys
import types as _types

_type_mro = type.__dict__['__mro__'].__get__
_type_dict = type.__dict__['__dict__'].__get__
_type_module = type.__dict__['__module__'].__get__
_type_qualname = type.__dict__['__qualname__'].__get__
_module_dict = _types.ModuleType.__dict__['__dict__'].__get__
# CPython: these descriptors are the slot itself; a class attribute of another type named `__dict__` is user code.
_DICT_SLOT = type(_type_dict(type('_', (), {}))['__dict__'])
_PYTHON_FUNCTION = _types.FunctionType


def _loaded_module(name):
    """The namespace of a module that is loaded already, else an empty dict. Never triggers a lazy module."""
    modules = _sys.modules
    module = dict.get(modules, name) if type(modules) is dict else None
    if _types.ModuleType in _type_mro(type(module)):
        names = _module_dict(module)
        return names if type(names) is dict else {}
    return {}


def _loaded_class(module, name):
    """A class by the name it has in a loaded module, else None."""
    found = dict.get(_loaded_module(module), name)
    return found if type in _type_mro(type(found)) else None


def _class_attribute(cls, name):
    """What the class or its bases define under a name, unbound; None where nothing does."""
    for base in _type_mro(cls):
        names = _type_dict(base)
        if name in names:
            return names[name]
    return None


def _instance_dict(value):
    """The instance's own `__dict__`, or an empty dict where it has none or the class redefines it."""
    slot = _class_attribute(type(value), '__dict__')
    if type(slot) is not _DICT_SLOT:
        return {}
    try:
        names = slot.__get__(value)
    except Exception:
        return {}
    return names if type(names) is dict else {}


def _text(value):
    return value if type(value) is str else ''


def _type_name(cls):
    """`pandas.DataFrame`: the qualified name, under the shortest loaded package that offers the class by that name."""
    name = _text(_type_qualname(cls)) or 'object'
    module = _text(_type_module(cls))
    if module in ('', 'builtins', '__main__'):
        return name
    parts = module.split('.')
    for length in range(1, len(parts)):
        package = '.'.join(parts[:length])
        if dict.get(_loaded_module(package), name) is cls:
            return package + '.' + name
    return module + '.' + name


def _same_code_shallow(cls):
    """Whether `sys.getsizeof` of an instance runs no Python code: nobody up the class wrote a `__sizeof__`."""
    sizeof = _class_attribute(cls, '__sizeof__')
    return type(sizeof) in (type(object.__dict__.get('__sizeof__')), type(None))


def _count_text(count, noun):
    return '{:,} {}'.format(count, noun if count == 1 else noun + 's')


def _dimensions_text(lengths):
    return ' × '.join('{:,}'.format(length) for length in lengths)
