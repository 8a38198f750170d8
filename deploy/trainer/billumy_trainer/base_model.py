"""What the file of a base model says of itself."""
from dataclasses import dataclass
from pathlib import Path

from gguf import GGUFReader

from .errors import unsupported_model


@dataclass(frozen=True)
class BaseModel:
    path: Path
    context: int
    heads: int
    key_heads: int
    tokens: list[str]
    token_types: list[int]
    merges: list[str]
    pre_tokenizer: str
    template: str
    begin: int | None
    end: int


def read_base_model(path: Path) -> BaseModel:
    """Raises `unsupported_model` for what cannot be trained here."""
    reader = GGUFReader(path)

    def get(name: str, default=None):
        field = reader.get_field(name)
        return default if field is None else field.contents()

    if get('general.architecture') != 'llama' or get('general.type', 'model') != 'model':
        raise unsupported_model('Only models of the architecture llama are trained.')
    if get('tokenizer.ggml.model') != 'gpt2':
        raise unsupported_model('Only tokenizers of byte-level BPE are read.')
    template = get('tokenizer.chat_template')
    if template is None:
        raise unsupported_model('The model has no chat template.')
    if any('_exps' in tensor.name or tensor.name.endswith('.bias') for tensor in reader.tensors):
        raise unsupported_model('Only dense models without biases are trained.')
    heads = get('llama.attention.head_count')
    begin = get('tokenizer.ggml.bos_token_id')
    return BaseModel(
        path=path,
        context=get('llama.context_length'),
        heads=heads,
        key_heads=get('llama.attention.head_count_kv', heads),
        tokens=get('tokenizer.ggml.tokens'),
        token_types=get('tokenizer.ggml.token_type'),
        merges=get('tokenizer.ggml.merges'),
        pre_tokenizer=get('tokenizer.ggml.pre', 'default'),
        template=template,
        begin=begin if get('tokenizer.ggml.add_bos_token', True) else None,
        end=get('tokenizer.ggml.eot_token_id', get('tokenizer.ggml.eos_token_id')),
    )
