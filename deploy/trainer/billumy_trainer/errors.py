"""Failures, as OpenAI tells them."""


class ApiError(Exception):
    """What a request is answered with, or what a job fails with."""

    def __init__(self, status: int, code: str, message: str, param: str | None = None):
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param

    def body(self) -> dict:
        kind = 'server_error' if self.status >= 500 else 'invalid_request_error'
        return {'error': {'message': self.message, 'type': kind, 'param': self.param, 'code': self.code}}


def not_found(what: str) -> ApiError:
    return ApiError(404, 'not_found', f'There is no such {what}.')


def unsupported_model(message: str) -> ApiError:
    """The base cannot be trained here at all."""
    return ApiError(400, 'unsupported_model', message, 'model')


def invalid_file(message: str, param: str) -> ApiError:
    return ApiError(400, 'invalid_training_file', message, param)
