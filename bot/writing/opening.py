"""What the settings have write and complete: the extractive writer, the code, or chat models through LangChain."""

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from bot.errors import SettingsProblem
from bot.writing.extractive import ExtractiveWriter
from bot.writing.writer import EXTRACTIVE, Writer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.completing.by_model import ModelCompleter
    from bot.settings import Settings
    from bot.writing.connection import Connection, Limits

_EXTRAS = {"openai": "openai", "azure_openai": "openai", "ollama": "ollama"}  # what `pip install youju[…]` brings
CODE = "code"  # follow-ups are completed without a model
_RETRIES = 2  # further tries where a server cannot be reached, is busy or fails
_NO_KEY = "none"  # servers of one's own ask for none, but the client insists on one


def open_writer(settings: "Settings") -> Writer:
    """The writer of the settings; a chat model's library is looked for, not loaded.

    Raises:
        SettingsProblem: the provider's package is not installed; the message names the extra that brings it.
    """
    if settings.writer == EXTRACTIVE:
        return ExtractiveWriter()
    from bot.writing.breaker import Breaker
    from bot.writing.chat_model import ChatModelWriter
    from bot.writing.connection import Limits

    limits = Limits(settings.writer_timeout, settings.writer_silence, _RETRIES)
    connection = _connection("writer", settings.writer, settings, limits)
    return ChatModelWriter(settings.writer, connection, Breaker(), settings.limit_writing)


def open_completer(settings: "Settings") -> "ModelCompleter | None":
    """The chat model that completes follow-ups where the code cannot; None where the settings have the code alone.

    Raises:
        SettingsProblem: the provider's package is not installed; the message names the extra that brings it.
    """
    if settings.completer == CODE:
        return None
    from bot.completing.by_model import ModelCompleter
    from bot.writing.breaker import Breaker
    from bot.writing.connection import Limits

    # One try: a question waits for it, and the code's completion is there already.
    limits = Limits(settings.completer_timeout, settings.completer_timeout, 0)
    connection = _connection("completer", settings.completer, settings, limits)
    return ModelCompleter(settings.completer, connection, Breaker(), settings.limit_writing)


def _connection(setting: str, name: str, settings: "Settings", limits: "Limits") -> "Connection":
    from bot.writing.connection import Connection

    provider, _, model = name.partition(":")
    _require(provider, setting)
    return Connection(lambda: _model(provider, model, settings), limits)


def _require(provider: str, setting: str) -> None:
    extra = _EXTRAS.get(provider)
    package = f"langchain_{extra or provider}"
    if find_spec(package) is not None:
        return
    named = package.replace("_", "-")
    how = f"请安装它的可选依赖：pip install 'youju[{extra}]'" if extra else f"请先安装 {named}"
    instead = EXTRACTIVE if setting == "writer" else CODE
    raise SettingsProblem(
        f"{setting} 设成了 {provider} 的模型，但没有装 {named}，{how}；或者把 {setting} 设为 {instead}。"
    )


def _model(provider: str, model: str, settings: "Settings") -> "BaseChatModel":
    # The model's client takes seconds to load, which the extractive writer need not wait for.
    init = importlib.import_module("langchain.chat_models").init_chat_model
    return cast("BaseChatModel", init(model, model_provider=provider, **_options(provider, settings)))


def _options(provider: str, settings: "Settings") -> dict[str, Any]:
    """What the provider's client takes: temperature 0, limits, the address and the key."""
    key = settings.writer_key.get_secret_value()
    address: dict[str, Any] = {"base_url": settings.writer_base_url} if settings.writer_base_url else {}
    if provider == "ollama":
        headers = {"headers": {"Authorization": f"Bearer {key}"}} if key else {}
        client = {"timeout": settings.writer_silence, **headers}
        return {"temperature": 0, "num_predict": settings.writer_tokens, "client_kwargs": client, **address}
    tokens: dict[str, Any] = {"max_tokens": settings.writer_tokens}
    if provider == "openai" and address:
        # LangChain would say max_completion_tokens, which compatible servers do not know.
        tokens = {"extra_body": tokens}
    options = {
        **tokens,
        "temperature": 0,
        "timeout": settings.writer_silence,
        "max_retries": 0,
        **address,
    }
    if provider == "openai":
        # Counting tokens in the stream is an extension that not every server knows.
        options["stream_usage"] = False
    if key or address:
        # A key in the environment is for the provider itself: an address of one's own never gets it.
        options["api_key"] = key or _NO_KEY
    return options
