"""Files that were sent: kept in memory, fetched again by their identifier or their path."""

from dataclasses import dataclass

from sandbox.telegram.pictures import picture_size
from sandbox.telegram.refusal import Refusal, bad_request
from sandbox.telegram.schema import Json
from sandbox.telegram.validation import Upload

_UPLOAD_LIMIT = 50 * 1024 * 1024
_PHOTO_LIMIT = 10 * 1024 * 1024
_DOWNLOAD_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file.

    Attributes:
        id: what the bot gets as ``file_id``.
        path: what follows the token in the download address.
        size: width and height of a photo, in pixels.
    """

    id: str
    path: str
    name: str
    content_type: str
    content: bytes
    size: tuple[int, int] | None = None

    def _common(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}

    def as_message(self) -> Json:
        """Return the field of a message that shows this file: ``photo`` or ``document``."""
        if self.size is not None:
            width, height = self.size
            return {"photo": [{**self._common(), "width": width, "height": height}]}
        return {"document": {**self._common(), "file_name": self.name, "mime_type": self.content_type}}

    def as_file(self) -> Json:
        """Return the API's File.

        Raises:
            Refusal: 400, for a file that is too large to be downloaded by a bot.
        """
        if len(self.content) > _DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return {**self._common(), "file_path": self.path}


class Files:
    """All files so far."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def photo(self, source: Upload | str) -> StoredFile:
        """Store an upload as a photo, or find a photo that was sent before.

        Raises:
            Refusal: 400 or 413, in Telegram's words.
        """
        if isinstance(source, str):
            return self._known(source, photo=True)
        self._check(source, _PHOTO_LIMIT)
        return self._store(source, "photos", picture_size(source.content))

    def document(self, source: Upload | str) -> StoredFile:
        """Store an upload as a document, or find a document that was sent before.

        Raises:
            Refusal: 400 or 413, in Telegram's words.
        """
        if isinstance(source, str):
            return self._known(source, photo=False)
        self._check(source, _UPLOAD_LIMIT)
        return self._store(source, "documents", None)

    def find(self, identifier: str) -> StoredFile | None:
        """Return the file with this ``file_id``."""
        return self._files.get(identifier)

    def at(self, path: str) -> StoredFile | None:
        """Return the file with this ``file_path``."""
        return next((file for file in self._files.values() if file.path == path), None)

    def _known(self, identifier: str, *, photo: bool) -> StoredFile:
        file = self._files.get(identifier)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if (file.size is not None) is not photo:
            raise bad_request(f"type of file mismatch: a {'document' if photo else 'photo'} was sent")
        return file

    def _check(self, upload: Upload, limit: int) -> None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > _UPLOAD_LIMIT:
            raise Refusal(413, "Request Entity Too Large")
        if len(upload.content) > limit:
            raise bad_request("file is too big")

    def _store(self, upload: Upload, folder: str, size: tuple[int, int] | None) -> StoredFile:
        number = len(self._files) + 1
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        file = StoredFile(
            id=f"AgACAgIAAxkB{number:06}",
            path=f"{folder}/file_{number}.{suffix}",
            name=upload.name,
            content_type=upload.content_type,
            content=upload.content,
            size=size,
        )
        self._files[file.id] = file
        return file
