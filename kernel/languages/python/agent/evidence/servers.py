"""Requests that web frameworks serve in the kernel: Starlette with FastAPI, Flask, Django.

On the frameworks' own classes, so that an app of an earlier cell counts, and one of this cell stays what it is:
OpenTelemetry's instrumentations put another class in the place of `FastAPI`, and Flask refuses theirs once it has served.
"""
import sys as _sys
import types as _types
from time import perf_counter as _perf_counter


def _handler_place(evidence, handler):
    """Where a handler is defined, if it is the user's."""
    for _ in range(10):
        if type(handler) is _types.MethodType:
            handler = handler.__func__
        if type(handler) is not _types.FunctionType:
            return None
        file = handler.__code__.co_filename
        if evidence.places.is_users(file):
            return file, handler.__code__.co_firstlineno
        handler = vars(handler).get("__wrapped__")
    return None


def _begin_request(evidence, method, route):
    """@returns (the request, what takes it back), or None for one within another, such as a mounted app's"""
    if not evidence.active or _request_served.get() is not None:
        return None
    served = _Served(str(method)[:20], route)
    evidence.requests.begin(served)
    return served, _request_served.set(served)


def _end_request(evidence, requests, begun, began):
    served, token = begun
    seconds = (served.ended or _perf_counter()) - began
    try:
        _request_served.reset(token)
    except ValueError:
        pass  # it ends in another task than it began in
    try:
        requests.served(served, seconds, _handler_place(evidence, served.handler))
    except Exception as error:
        evidence.note(f"Some requests are missing ({type(error).__name__}: {error}).")


def _watch_starlette(evidence):
    def make(original):
        async def __call__(self, scope, receive, send):
            begun = None
            if scope["type"] == "http":
                begun = _begin_request(evidence, scope["method"], lambda: _starlette_route(scope))
            if begun is None:
                return await original(self, scope, receive, send)
            served, requests = begun[0], evidence.requests

            async def sending(message):
                if message["type"] == "http.response.start":
                    served.status = message["status"]
                await send(message)
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    served.ended = _perf_counter()  # what the app does behind the answer is not part of it

            began = _perf_counter()
            try:
                return await original(self, scope, receive, sending)
            finally:
                served.handler = scope.get("endpoint")
                _end_request(evidence, requests, begun, began)

        return __call__

    evidence.patches.replace(_loaded_module("starlette.applications")["Starlette"], "__call__", make)


def _starlette_route(scope):
    route = scope.get("route")
    path = getattr(route, "path", None) if route is not None else None
    if type(path) is str:
        # A mounted app's routes are relative to where it is mounted.
        root = scope.get("root_path") or ""
        return path if path.startswith(root) else root + path
    return _numbers_replaced(scope.get("path", ""))


def _watch_flask(evidence):
    flask = _loaded_module("flask")

    def route():
        rule = flask["request"].url_rule if flask["has_request_context"]() else None
        return rule.rule if rule is not None else None

    def make_call(original):
        def __call__(self, environ, start_response):
            begun = _begin_request(evidence, environ.get("REQUEST_METHOD", ""), route)
            if begun is None:
                return original(self, environ, start_response)
            served, requests = begun[0], evidence.requests

            def starting(status, *args, **kwargs):
                served.status = int(status[:3])
                return start_response(status, *args, **kwargs)

            began = _perf_counter()
            try:
                return original(self, environ, starting)
            finally:
                _end_request(evidence, requests, begun, began)

        return __call__

    def make_dispatch(original):
        def dispatch_request(self, *args, **kwargs):
            served = _request_served.get()
            if evidence.active and served is not None:
                # The request's context is gone when the answer is complete.
                found = route()
                served.route = lambda: found
                served.handler = self.view_functions.get(flask["request"].endpoint)
            return original(self, *args, **kwargs)

        return dispatch_request

    evidence.patches.replace(flask["Flask"], "__call__", make_call)
    evidence.patches.replace(flask["Flask"], "dispatch_request", make_dispatch)


def _watch_django(evidence):
    handler = _loaded_module("django.core.handlers.base")["BaseHandler"]

    def route_of(request):
        match = getattr(request, "resolver_match", None)
        return "/" + match.route.lstrip("/") if match is not None else None

    def finish(begun, requests, began, request, response):
        served = begun[0]
        served.status = getattr(response, "status_code", None)
        match = getattr(request, "resolver_match", None)
        served.handler = match.func if match is not None else None
        _end_request(evidence, requests, begun, began)

    def make(original):
        def get_response(self, request):
            begun = _begin_request(evidence, request.method, lambda: route_of(request))
            if begun is None:
                return original(self, request)
            requests, began, response = evidence.requests, _perf_counter(), None
            try:
                response = original(self, request)
                return response
            finally:
                finish(begun, requests, began, request, response)

        return get_response

    def make_async(original):
        async def get_response_async(self, request):
            begun = _begin_request(evidence, request.method, lambda: route_of(request))
            if begun is None:
                return await original(self, request)
            requests, began, response = evidence.requests, _perf_counter(), None
            try:
                response = await original(self, request)
                return response
            finally:
                finish(begun, requests, began, request, response)

        return get_response_async

    evidence.patches.replace(handler, "get_response", make)
    evidence.patches.replace(handler, "get_response_async", make_async)


# By the module that must be complete before.
_SERVERS = {
    "starlette.applications": _watch_starlette,
    "flask": _watch_flask,
    "django.core.handlers.base": _watch_django,
}
