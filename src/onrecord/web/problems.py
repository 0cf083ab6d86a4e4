"""One shape for everything that goes wrong on a request: the same words as a page or as JSON."""

from dataclasses import dataclass

from onrecord.errors import (
    ConflictError,
    LedgerBusyError,
    LedgerError,
    LedgerVersionError,
    ModelError,
    OnRecordError,
    RecordError,
)

HTTP_WORDS = {
    400: "The request is not understood",
    401: "A token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "This address does not take that kind of request",
    408: "The request took too long",
    409: "Someone else was faster",
    410: "Withdrawn",
    413: "The request is too large",
    414: "The address is too long",
    415: "This kind of content is not taken",
    416: "These ranges are not served",
    422: "A value in the request is not valid",
    431: "The request’s headers are too large",
    500: "Something went wrong here",
    503: "The ledger cannot be read just now",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: the HTTP status, a short stable code, and one clear line."""

    status: int
    code: str
    message: str

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTP_WORDS.get(self.status, "The request failed")


@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """The JSON form of every error."""

    error: Problem


class RequestError(OnRecordError):
    """A request that cannot be answered; carries its Problem."""

    code = "request"

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message, code=code)
        self.problem = Problem(status, code, message)


LEDGER_STATUS = {
    "unknown_record": 404,
    "unknown_document": 404,
    "ambiguous": 400,
    "query": 400,
    "filter": 400,
    "page": 400,
    "withdrawn": 410,
}


def problem_of(error: OnRecordError) -> Problem:
    """The Problem that one of our own errors means to whoever sent the request."""
    if isinstance(error, RequestError):
        return error.problem
    if isinstance(error, ConflictError):
        return Problem(409, error.code, str(error))
    if isinstance(error, LedgerBusyError | LedgerVersionError | ModelError):
        return Problem(503, error.code, str(error))
    if isinstance(error, RecordError):
        return Problem(400, error.code, str(error))
    if isinstance(error, LedgerError):
        return Problem(LEDGER_STATUS.get(error.code, 503), error.code, str(error))
    return Problem(500, error.code, "the request could not be answered")


def problem_json(problem: Problem) -> dict[str, dict[str, str | int]]:
    """`{"error": {"status": …, "code": …, "message": …}}`."""
    return {"error": {"status": problem.status, "code": problem.code, "message": problem.message}}
