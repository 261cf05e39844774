"""The platform's endpoints."""

import hashlib
import json

import requests
from fastapi import FastAPI, Response
from fastapi.encoders import jsonable_encoder

from .cache import SharedCache
from .database import all_tasks, connect, project_summaries, user_activity, user_settings

app = FastAPI()
cache = SharedCache()


@app.get("/api/dashboard/summary")
def dashboard_summary():
    with connect("dashboard") as db:
        return {"projects": project_summaries(db, 200)}


@app.get("/api/users/{user_id}/activity")
def activity(user_id: int):
    with connect("activity") as db:
        return [{"kind": kind, "at": at} for kind, at in user_activity(db, user_id)]


@app.get("/api/reports/generate")
def generate_report():
    with connect("report") as db:
        tasks = all_tasks(db, 6_000)
    body = json.dumps([jsonable_encoder(dict(task)) for task in tasks], indent=2)
    return Response(body, media_type="application/json")


@app.get("/api/settings/{user_id}")
def settings(user_id: int):
    return cache.get(user_id, lambda: signed_settings(user_id))


def signed_settings(user_id):
    """Settings with a signature, so that the page can send them back."""
    with connect("settings") as db:
        found = user_settings(db, user_id)
    signature = hashlib.pbkdf2_hmac("sha256", json.dumps(found).encode(), b"settings", 30_000)
    return {"settings": found, "signature": signature.hex()}


def notify(webhook, user_ids):
    """Tells the mail service about each user."""
    for user_id in user_ids:
        requests.post(webhook, json={"user": user_id, "template": "digest"}, timeout=10)
