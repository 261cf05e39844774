"""The platform's endpoints."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import requests
from fastapi import FastAPI, Response

from .cache import SharedCache
from .database import all_tasks, connect, project_summaries, user_activity, user_settings

app = FastAPI()
cache = SharedCache()


@app.get("/api/dashboard/summary")
def dashboard_summary():
    return {"projects": cache.get("dashboard", summaries)}


def summaries():
    with connect() as db:
        return project_summaries(db, 200)


@app.get("/api/users/{user_id}/activity")
def activity(user_id: int):
    with connect() as db:
        return [{"kind": kind, "at": at} for kind, at in user_activity(db, user_id)]


@app.get("/api/reports/generate")
def generate_report():
    return Response(cache.get("report", report), media_type="application/json")


def report():
    with connect() as db:
        return json.dumps([tuple(task) for task in all_tasks(db, 6_000)])


@app.get("/api/settings/{user_id}")
def settings(user_id: int):
    return cache.get(("settings", user_id), lambda: signed_settings(user_id))


def signed_settings(user_id):
    """Settings with a signature, so that the page can send them back."""
    with connect() as db:
        found = user_settings(db, user_id)
    signature = hashlib.pbkdf2_hmac("sha256", json.dumps(found).encode(), b"settings", 30_000)
    return {"settings": found, "signature": signature.hex()}


def notify(webhook, user_ids):
    """Tells the mail service about each user, some at a time, over connections that stay open."""
    with requests.Session() as session, ThreadPoolExecutor(16) as pool:
        session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=16))
        send = lambda user_id: session.post(webhook, json={"user": user_id, "template": "digest"}, timeout=10)
        list(pool.map(send, user_ids))
