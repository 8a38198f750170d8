"""The tokenizer of a GGUF file, as llama.cpp splits text."""
import re

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

from .base_model import BaseModel
from .errors import unsupported_model

CONTROL, USER_DEFINED = 3, 4

# Source: src/llama-vocab.cpp of llama.cpp
LLAMA3_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r'| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+'
)
LLAMA3_NAMES = ('llama-bpe', 'llama-v3', 'llama3')


class GgufTokenizer:
    def __init__(self, base: BaseModel):
        is_llama3 = base.pre_tokenizer in LLAMA3_NAMES
        if not is_llama3 and base.pre_tokenizer != 'gpt-2':
            raise unsupported_model(f'The pre-tokenizer {base.pre_tokenizer[:40]} is not known.')
        vocabulary = {token: index for index, token in enumerate(base.tokens)}
        merges = [tuple(merge.split(' ', 1)) for merge in base.merges]
        self._tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, ignore_merges=is_llama3))
        self._tokenizer.pre_tokenizer = _llama3_words() if is_llama3 else _gpt2_words()
        self._tokenizer.decoder = decoders.ByteLevel()
        self._special = {
            token: index
            for index, (token, kind) in enumerate(zip(base.tokens, base.token_types))
            if kind in (CONTROL, USER_DEFINED) and token != ''
        }
        longest_first = sorted(self._special, key=len, reverse=True)
        self._marks = re.compile('|'.join(map(re.escape, longest_first)) or '(?!)')

    def plain(self, text: str) -> list[int]:
        """Nothing in the text is a special token."""
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def marked(self, text: str, hidden: str) -> list[int]:
        """Special tokens of the text count, but for those that `hide` broke with the character."""
        ids, place = [], 0
        for mark in self._marks.finditer(text):
            ids += self.plain(text[place : mark.start()].replace(hidden, ''))
            ids.append(self._special[mark.group()])
            place = mark.end()
        return ids + self.plain(text[place:].replace(hidden, ''))

    def hide(self, text: str, hidden: str) -> str:
        """Breaks what looks like a special token with a character that occurs nowhere else."""
        return self._marks.sub(lambda mark: mark.group()[0] + hidden + mark.group()[1:], text.replace(hidden, ''))

    def is_special(self, token: int) -> bool:
        return token in self._special.values()


def _gpt2_words():
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)


def _llama3_words():
    words = pre_tokenizers.Split(Regex(LLAMA3_WORDS), behavior='isolated')
    return pre_tokenizers.Sequence([words, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
