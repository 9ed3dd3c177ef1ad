"""One HTTP request to the Bot API: where its parameters are, and reading them.

Source: Bot API, "Making requests": query string, form, JSON body or multipart.
"""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.telegram.refusal import Refusal, bad_request
from sandbox.telegram.schema import Json
from sandbox.telegram.validation import Upload

_LARGEST_BODY = 55 * 1024 * 1024  # a file of 50 MB and what travels with it


@dataclass(frozen=True, slots=True)
class Submission:
    """What a request carries.

    Attributes:
        values: parameters by name, as text; from a JSON body as JSON values.
        uploads: files by the name of their part.
    """

    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)


async def read_submission(request: web.Request) -> Submission:
    """Read the parameters of a call.

    Raises:
        Refusal: 400 for an unreadable body, 413 for one that is too large.
    """
    values: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.can_read_body:
        match request.content_type:
            case "application/json":
                values |= await _json_body(request)
            case "multipart/form-data":
                await _multipart_body(request, values, uploads)
            case _:
                values |= {name: str(value) for name, value in (await request.post()).items()}
    return Submission(values, uploads)


async def _json_body(request: web.Request) -> Json:
    try:
        body: Any = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


async def _multipart_body(request: web.Request, values: Json, uploads: dict[str, Upload]) -> None:
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            raise bad_request("unexpected part of a multipart body")
        content = await part.read()
        size += len(content)
        if size > _LARGEST_BODY:
            raise Refusal(413, "Request Entity Too Large")
        if part.filename is None:
            values[part.name] = content.decode("utf-8")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, kind, bytes(content))
