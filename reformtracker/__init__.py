"""The installation as a whole: settings, addresses, the Celery application. It holds no rule."""

# Loaded with Django, so that `shared_task` in a room's jobs.py binds to this application in every process.
from reformtracker.celery import app as celery_app

__all__ = ("celery_app",)
