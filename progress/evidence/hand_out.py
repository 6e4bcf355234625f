"""Handing a file out: as it came, or not at all."""

import hashlib
import logging

from django.http import HttpResponse

from progress.models import Evidence

logger = logging.getLogger(__name__)
# Nothing in a file that is shown runs, asks elsewhere or reaches the site; the browser's own viewers need none of it.
POLICY = (
    "sandbox; default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Lost(Exception):
    """The file is not on the disk any more, or not as it came."""


def content_of(evidence: Evidence) -> bytes:
    """The bytes of a file, held against the digest under which they came."""
    try:
        with evidence.file.open("rb") as stored:
            data: bytes = stored.read()
    except OSError as error:
        logger.exception("evidence %s is not on the disk", evidence.pk)
        raise Lost from error
    if hashlib.sha256(data).hexdigest() != evidence.sha256:
        logger.error("evidence %s is not what was stored", evidence.pk)
        raise Lost
    return data


def as_page(evidence: Evidence, data: bytes) -> HttpResponse:
    """A picture or a PDF in the browser's own viewer, under a policy that lets nothing run."""
    response = HttpResponse(data, content_type=evidence.media_type)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
