"""Lines of `{"messages": […]}` as rows of tokens, in the form of the template of the base."""
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from .base_model import BaseModel
from .errors import invalid_file, unsupported_model
from .tokenizer import GgufTokenizer

ROLES = ('system', 'user', 'assistant')
# For private use: no text has a reason to contain it, and where one does, it goes.
HIDDEN = '\ue0ff'
MOST_LINES = 1_000_000


@dataclass(frozen=True)
class Row:
    tokens: list[int]
    # The first token of the answer: what is before it costs nothing.
    answer_start: int


class RowMaker:
    def __init__(self, base: BaseModel):
        self._base = base
        self._tokenizer = GgufTokenizer(base)
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.globals |= {'raise_exception': _refuse, 'strftime_now': datetime.now().strftime}
        self._template = environment.from_string(base.template)

    def read(self, path: Path, param: str) -> list[Row]:
        """One row for each line; raises `invalid_training_file` with the number of the line that is wrong."""
        rows = []
        with open(path, encoding='utf-8') as lines:
            try:
                for number, line in enumerate(lines, 1):
                    if line.strip() != '':
                        rows.append(self._row_of(line, f'Line {number}', param))
                    if number > MOST_LINES:
                        raise invalid_file('There are too many lines.', param)
            except UnicodeDecodeError as error:
                raise invalid_file('The file is not UTF-8.', param) from error
        if not rows:
            raise invalid_file('The file has no examples.', param)
        return rows

    def _row_of(self, line: str, place: str, param: str) -> Row:
        messages = _messages_of(line, place, param)
        row = self.row(messages)
        if len(row.tokens) > self._base.context:
            raise invalid_file(f'{place}: it has more tokens than the context of the model.', param)
        return row

    def row(self, messages: list[dict]) -> Row:
        """The prompt, and the answer up to the end of the turn; nothing in a content is a special token."""
        said = [{**message, 'content': self._tokenizer.hide(message['content'], HIDDEN)} for message in messages]
        prompt = self._render(said[:-1], add_generation_prompt=True)
        whole = self._render(said, add_generation_prompt=False)
        if not whole.startswith(prompt):
            raise unsupported_model('The template of the model does not tell where an answer begins.')
        before = self._tokenizer.marked(prompt, HIDDEN)
        if self._base.begin is not None and before[:1] != [self._base.begin]:
            before = [self._base.begin, *before]
        return Row([*before, *self._answer(whole[len(prompt) :])], len(before))

    def _answer(self, text: str) -> list[int]:
        ids = self._tokenizer.marked(text, HIDDEN)
        for place, token in enumerate(ids):
            if self._tokenizer.is_special(token):
                return ids[: place + 1]
        return [*ids, self._base.end]

    def _render(self, messages: list[dict], *, add_generation_prompt: bool) -> str:
        begin = self._base.begin
        return self._template.render(
            messages=messages,
            add_generation_prompt=add_generation_prompt,
            bos_token='' if begin is None else self._base.tokens[begin],
            eos_token=self._base.tokens[self._base.end],
        )


def _messages_of(line: str, place: str, param: str) -> list[dict]:
    try:
        messages = json.loads(line)['messages']
        parts = [(message['role'], message['content']) for message in messages]
    except (ValueError, TypeError, KeyError) as error:
        raise invalid_file(f'{place}: expected {{"messages": [{{"role", "content"}}, …]}}.', param) from error
    if any(role not in ROLES or not isinstance(content, str) for role, content in parts):
        raise invalid_file(f'{place}: expected texts of system, user and assistant.', param)
    if len(parts) < 2 or parts[-1][0] != 'assistant' or parts[-1][1] == '':
        raise invalid_file(f'{place}: expected an answer of the assistant at its end.', param)
    return [{'role': role, 'content': content} for role, content in parts]


def _refuse(message: str):
    raise unsupported_model(f'The template of the model refuses a conversation: {message[:200]}')
