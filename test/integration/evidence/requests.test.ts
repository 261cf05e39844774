/** Requests served and sent in a notebook, with real frameworks and real clients. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { cellsOf } from './cells.ts';

let kernel: StartedKernel;
let folder: string;

const { run, profiled } = cellsOf(() => kernel);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyperf-requests-'));
  kernel = await startWrappedKernel({ cwd: folder });
  await run(
    'import sqlite3, time, threading',
    'with sqlite3.connect("users.db") as db:',
    '    db.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, user_id INTEGER)")',
    '    db.executemany("INSERT INTO events (user_id) VALUES (?)", [(i % 50,) for i in range(2000)])',
    'def ask(user):',
    '    with sqlite3.connect("users.db") as c:',
    '        return c.execute("SELECT count(*) FROM events WHERE user_id = ?", (user,)).fetchone()[0]',
  );
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

describe('requests that are served', () => {
  it('tells FastAPI’s routes, with their statements, of an app from an earlier cell', async () => {
    await run(
      'from fastapi import FastAPI, APIRouter',
      'from fastapi.testclient import TestClient',
      'app = FastAPI(); router = APIRouter(prefix="/api")',
      '@router.get("/users/{user}/activity")',
      'def activity(user: int):',
      '    return {"events": [ask(user) for _ in range(3)]}',
      '@router.get("/slow")',
      'async def slow():',
      '    import asyncio; await asyncio.sleep(0.05); return {}',
      '@router.get("/broken")',
      'def broken(): raise RuntimeError("broken")',
      'app.include_router(router)',
      'client = TestClient(app, raise_server_exceptions=False)',
      'client.get("/api/slow")',
    );
    const { cell, stdout } = await profiled(
      '%%pyperf',
      'answers = [client.get(f"/api/users/{i}/activity").json() for i in range(20)]',
      'client.get("/api/slow"); client.get("/api/broken"); print(client.get("/api/missing").status_code)',
      'print(answers[0], type(app) is FastAPI)',
    );
    expect(stdout).toBe("404\n{'events': [40, 40, 40]} True\n");
    const byRoute = Object.fromEntries((cell.requests ?? []).map(one => [one.route, one]));
    expect(byRoute['/api/users/{user}/activity']).toMatchObject({
      role: 'server',
      method: 'GET',
      count: 20,
      errors: 0,
      queries: 60,
      source: { executionCount: cell.executionCount! - 1, line: 4 },
      byCallers: [{ callers: 1, count: 20 }],
    });
    const activity = byRoute['/api/users/{user}/activity'];
    expect(activity?.queryMs).toBeLessThan(activity?.totalMs ?? 0);
    expect(activity?.p95Ms).toBeLessThanOrEqual(activity?.maxMs ?? 0);
    expect(byRoute['/api/slow']).toMatchObject({ count: 1, errors: 0, queries: 0 });
    expect(Math.abs((byRoute['/api/slow']?.totalMs ?? 0) - 50)).toBeLessThan(20);
    expect(byRoute['/api/broken']).toMatchObject({ count: 1, errors: 1 });
    expect(byRoute['/api/missing']).toMatchObject({ count: 1, errors: 0 });
    expect(cell.queries.find(query => query.statement.includes('events'))).toMatchObject({
      count: 60,
      route: '/api/users/{user}/activity',
      source: { line: 7 },
    });
    expect(
      await run(
        'print(FastAPI.__call__.__code__.co_filename[-30:], client.get("/api/slow").status_code)',
      ),
    ).toMatch(/applications\.py 200/);
  });

  it('tells Flask’s, from threads of a real server, by how many callers there were', async () => {
    await run(
      'from flask import Flask',
      'from werkzeug.serving import make_server',
      'import requests, logging',
      'logging.getLogger("werkzeug").setLevel(logging.ERROR)',
      'web = Flask("shop")',
      'lock = threading.Lock()',
      '@web.route("/items/<int:item>")',
      'def item(item):',
      '    with lock: time.sleep(0.02)',
      '    return {"n": ask(item)}',
      'server = make_server("127.0.0.1", 0, web, threaded=True)',
      'threading.Thread(target=server.serve_forever, daemon=True).start()',
      'print(web.test_client().get("/items/3").json)',
    );
    const { cell, stdout } = await profiled(
      '%%pyperf',
      'from concurrent.futures import ThreadPoolExecutor',
      'def call(i): return requests.get(f"http://127.0.0.1:{server.port}/items/{i}").json()["n"]',
      'alone = [call(1) for _ in range(5)]',
      'with ThreadPoolExecutor(4) as pool: together = list(pool.map(call, range(24)))',
      'print(sum(alone), sum(together), web.test_client().get("/nowhere").status_code)',
    );
    expect(stdout).toBe('200 960 404\n');
    const served = cell.requests?.find(one => one.role === 'server' && one.count > 1);
    expect(served).toMatchObject({
      method: 'GET',
      route: '/items/<int:item>',
      count: 29,
      errors: 0,
      queries: 29,
    });
    const [single] = served?.byCallers ?? [];
    const most = served?.byCallers?.at(-1);
    expect(single?.callers).toBe(1);
    expect(most?.callers).toBeGreaterThanOrEqual(3);
    expect(most?.callers).toBeLessThanOrEqual(5);
    // The lock makes callers wait for one another.
    expect(most?.meanMs).toBeGreaterThan((single?.meanMs ?? 0) * 1.8);
    const sent = cell.requests?.find(one => one.role === 'client');
    expect(sent).toMatchObject({ method: 'GET', count: 29, source: { line: 3 } });
    expect(sent?.route).toMatch(/^127\.0\.0\.1:\d+\/items\/\{n\}$/);
    expect(
      await run(
        'print(requests.Session.send.__module__, type(web) is Flask, requests.get(f"http://127.0.0.1:{server.port}/items/1").status_code); server.shutdown()',
      ),
    ).toBe('requests.sessions True 200\n');
  });

  it('tells Django’s', async () => {
    const { cell, stdout } = await profiled(
      '%%pyperf',
      'import os, django',
      'from django.conf import settings',
      'settings.configure(ROOT_URLCONF="urls_of_test", ALLOWED_HOSTS=["*"], DEBUG=False)',
      'import sys, types',
      'from django.http import JsonResponse',
      'from django.urls import path',
      'urls = types.ModuleType("urls_of_test")',
      'urls.urlpatterns = [path("users/<int:user>/", lambda request, user: JsonResponse({"n": ask(user)}))]',
      'sys.modules["urls_of_test"] = urls',
      'django.setup()',
      'from django.test import Client',
      'print([Client().get(f"/users/{i}/").json()["n"] for i in range(4)])',
    );
    expect(stdout).toBe('[40, 40, 40, 40]\n');
    expect(cell.requests).toMatchObject([
      { role: 'server', route: '/users/<int:user>/', count: 4, queries: 4, source: { line: 9 } },
    ]);
  });
});

describe('requests that are sent', () => {
  it('sees the clients that OpenTelemetry instruments, and sends no header more', async () => {
    await run(
      'from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer',
      'heads = []',
      'class Answer(BaseHTTPRequestHandler):',
      '    def do_GET(self):',
      '        heads.append(sorted(k.lower() for k in self.headers.keys()))',
      '        self.send_response(500 if "bad" in self.path else 200); self.send_header("Content-Length", "2"); self.end_headers(); self.wfile.write(b"ok")',
      '    def log_message(self, *a): pass',
      'plain = ThreadingHTTPServer(("127.0.0.1", 0), Answer)',
      'threading.Thread(target=plain.serve_forever, daemon=True).start()',
      'base = f"http://127.0.0.1:{plain.server_port}"',
      'session = requests.Session()',
    );
    const program = [
      'import httpx, aiohttp, urllib3',
      'heads.clear()',
      'session.get(base + "/v1/things/12?secret=1").text',
      'with httpx.Client() as h: h.get(base + "/bad")',
      'async def fetch():',
      '    async with aiohttp.ClientSession() as s:',
      '        async with s.get(base + "/async") as r: return await r.text()',
      'print(await fetch())',
      'print(heads)',
    ];
    const bare = await run(...program);
    const { cell, stdout } = await profiled('%%pyperf', ...program);
    expect(stdout).toBe(bare);
    const sent = (cell.requests ?? []).map(({ role, route, count, errors, source }) => [
      role,
      route.replace(/^[^/]*/, ''),
      count,
      errors,
      source && 'line' in source && source.line,
    ]);
    expect(sent.sort()).toEqual([
      ['client', '/async', 1, 0, 8],
      ['client', '/bad', 1, 1, 5],
      ['client', '/v1/things/{n}', 1, 0, 4],
    ]);
    expect(
      await run(
        'from opentelemetry import trace',
        'print(trace._TRACER_PROVIDER, hasattr(requests.Session.send, "__wrapped__"), hasattr(httpx.HTTPTransport.handle_request, "__wrapped__"), hasattr(urllib3.HTTPConnectionPool.urlopen, "__wrapped__"))',
      ),
    ).toBe('None False False False\n');
  });

  it('leaves the notebook’s own instrumentation alone', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'from opentelemetry.instrumentation.requests import RequestsInstrumentor',
      'session.get(base + "/first").text',
    );
    expect(cell.requests).toHaveLength(1);
    await run('RequestsInstrumentor().instrument()');
    const own = await profiled('%%pyperf', 'session.get(base + "/second").text');
    expect(own.cell.requests).toEqual([]);
    expect(
      await run(
        'print(RequestsInstrumentor().is_instrumented_by_opentelemetry); RequestsInstrumentor().uninstrument()',
      ),
    ).toBe('True\n');
  });
});
