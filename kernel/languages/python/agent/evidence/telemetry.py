"""Further drivers and HTTP clients, through OpenTelemetry's instrumentations of them where they are installed.

They get a tracer provider of our own, never the global one, whose spans only carry what happened to `_Evidence`: no
identity, so that no header is added to a request. Where the notebook uses OpenTelemetry itself, it is left alone.
"""
import sys as _sys
from time import perf_counter as _perf_counter

# Entry points, of those that the group offers, whose name is not their module's.
_MODULES = {"aiohttp-client": "aiohttp", "mysqlclient": "MySQLdb", "mysql": "mysql.connector", "tortoiseorm": "tortoise"}
_HTTP_CLIENTS = frozenset(("requests", "httpx", "urllib3", "aiohttp-client"))
_DATABASES = frozenset(("sqlalchemy", "asyncpg", "pymongo", "redis", "cassandra", "elasticsearch", "tortoiseorm"))
_COVERED = frozenset(("sqlite3", "psycopg", "psycopg2"))
# For the hint where no instrumentation is installed; urllib3 is mostly another's.
_HINTED = {
    "requests": "requests", "httpx": "httpx", "aiohttp": "aiohttp-client", "asyncpg": "asyncpg", "pymysql": "pymysql",
    "MySQLdb": "mysqlclient", "mysql.connector": "mysql", "pymongo": "pymongo", "redis": "redis", "aiopg": "aiopg",
}  # fmt: skip
_SYSTEM_KEYS = ("db.system", "db.system.name")
_STATEMENT_KEYS = ("db.statement", "db.query.text")
_METHOD_KEYS = ("http.method", "http.request.method")
_URL_KEYS = ("http.url", "url.full")
_STATUS_KEYS = ("http.status_code", "http.response.status_code")


def _first(attributes, keys):
    return next((attributes[key] for key in keys if key in attributes), None)


def _instrumentors():
    """`{module: entry point}` of the installed instrumentations that are of use here."""
    from importlib.metadata import entry_points

    try:
        offered = entry_points(group="opentelemetry_instrumentor")
    except TypeError:  # Python 3.9
        offered = entry_points().get("opentelemetry_instrumentor", ())
    found = {}
    for entry in offered:
        requires = (entry.dist.requires or ()) if getattr(entry, "dist", None) is not None else ()
        is_driver = entry.name in _DATABASES or any(text.startswith("opentelemetry-instrumentation-dbapi") for text in requires)
        if entry.name in _HTTP_CLIENTS or (is_driver and entry.name not in _COVERED):
            found[_MODULES.get(entry.name, entry.name)] = entry
    return found


class _Telemetry:
    def __init__(self, evidence):
        self._evidence = evidence
        self._offered = None
        self._provider = None
        self._on = []
        self.used = False

    def modules(self):
        if self._offered is None:
            self._offered = _instrumentors()
        return self._offered

    def loaded(self, module):
        entry = self._offered[module]
        if self._is_the_notebooks_own():
            self._evidence.note("The notebook uses OpenTelemetry itself: " + entry.name + " is left to it.")
            return
        instrumentor = entry.load()()
        if instrumentor.is_instrumented_by_opentelemetry:
            return
        conflict = instrumentor._check_dependency_conflicts()
        if conflict is not None and entry.name == "sqlalchemy":
            return  # the drivers below it speak for themselves
        if conflict is not None:  # `instrument` would print it into the cell
            self._evidence.note(f"What {entry.name} does is not seen: its instrumentation does not fit ({conflict}).")
            return
        from opentelemetry.metrics import NoOpMeterProvider

        self.used = True
        instrumentor.instrument(tracer_provider=self._tracer_provider(), meter_provider=NoOpMeterProvider())
        self._on.append(instrumentor)

    def stop(self):
        while self._on:
            instrumentor = self._on.pop()
            try:
                instrumentor.uninstrument()
            except Exception as error:
                self._evidence.note(f"{type(instrumentor).__name__} stayed on ({type(error).__name__}: {error}).")

    def _is_the_notebooks_own(self):
        return _loaded_module("opentelemetry.trace").get("_TRACER_PROVIDER") is not None

    def hint(self, user_ns):
        """Names what the notebook itself uses, and what is missing to see it."""
        used = set()
        for value in list(dict.values(user_ns)):
            if type(value) is _types.ModuleType:
                used.add(_text(_module_dict(value).get("__name__")).split(".")[0])
        for module, name in _HINTED.items():
            if module.split(".")[0] in used and module not in self.modules():
                self._evidence.note(f"What {module} sends is not seen: install opentelemetry-instrumentation-{name}.")

    def _tracer_provider(self):
        if self._provider is None:
            self._provider = _make_tracer_provider(self._evidence)
        return self._provider


def _make_tracer_provider(evidence):
    from opentelemetry import trace

    class Span(trace.Span):
        def __init__(self, scope, attributes):
            self.scope, self.attributes = scope, dict(attributes or ())
            self.place = evidence.places.line(_sys._getframe(2)) if evidence.active else None
            self.failed, self.began = False, _perf_counter()
            self.sent_before = evidence.local.sent

        def end(self, end_time=None):
            if self.began is not None:
                began, self.began = self.began, None
                _span_ended(evidence, self, _perf_counter() - began)

        def get_span_context(self):
            return trace.INVALID_SPAN_CONTEXT

        def set_attributes(self, attributes):
            self.attributes.update(attributes)

        def set_attribute(self, key, value):
            self.attributes[key] = value

        def is_recording(self):
            return evidence.active

        def record_exception(self, *args, **kwargs):
            self.failed = True

        def set_status(self, *args, **kwargs):
            pass

        add_event = update_name = set_status

        def __enter__(self):
            return self

        def __exit__(self, kind, error, traceback):
            self.failed = self.failed or kind is not None
            self.end()

    class Tracer(trace.Tracer):
        def __init__(self, scope):
            self.scope = scope

        def start_span(self, name, context=None, kind=None, attributes=None, *args, **kwargs):
            return Span(self.scope, attributes)

        def start_as_current_span(self, name, context=None, kind=None, attributes=None, *args, **kwargs):
            return Span(self.scope, attributes)

    class Provider(trace.TracerProvider):
        def get_tracer(self, name, *args, **kwargs):
            return Tracer(name)

    return Provider()


def _span_ended(evidence, span, seconds):
    if not evidence.active:
        return
    try:
        attributes = span.attributes
        system = _first(attributes, _SYSTEM_KEYS)
        text = _first(attributes, _STATEMENT_KEYS)
        # The driver below SQLAlchemy has told the statement already, if it is one that is watched.
        told = "sqlalchemy" in span.scope and evidence.local.sent != span.sent_before
        if type(system) is str and type(text) is str and not told:
            _add_statement(evidence, system, text, span.place, seconds)
        method, url = _first(attributes, _METHOD_KEYS), _first(attributes, _URL_KEYS)
        if type(method) is str and type(url) is str and system is None:
            status = _first(attributes, _STATUS_KEYS)
            failed = span.failed or (isinstance(status, int) and status >= 400)
            evidence.requests.sent(method[:20], _client_route(url), span.place, seconds, failed)
    except Exception as error:
        evidence.note(f"Some requests are missing ({type(error).__name__}: {error}).")


def _client_route(url):
    from urllib.parse import urlsplit

    parts = urlsplit(url[:2_000])
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    return host + _numbers_replaced(parts.path or "/")
