"""The settings: from environment variables (YOUJU_…), then the file youju.toml, then the defaults.

`python -m bot.settings` prints the README's table of them.
"""

import os
import stat
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.errors import SettingsProblem, in_chinese
from corpus.library import REPORTS

ENV_PREFIX = "YOUJU_"
CONFIG_ENV = "YOUJU_CONFIG"
CONFIG_FILE = "youju.toml"
_SHORTEST_KEY = 16  # characters of a key that nobody can guess
MAX_QUESTION = 10_000  # the longest that questions may be allowed to be

_CHECKOUT = Path(__file__).resolve().parents[1]

# What pydantic's kinds of error mean to the person who wrote the setting; the rest are shown as pydantic says.
_ERRORS = {
    "extra_forbidden": "没有这一项设置",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "float_parsing": "应当是数字",
    "bool_parsing": "应当是 true 或 false",
    "string_type": "应当是文字",
    "path_type": "应当是文件夹的路径",
    "tuple_type": "应当是一列文字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "可用的有 {expected}",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "应当是 {default}，或者“提供方:模型”，如 openai:deepseek-chat",
}


# What is wanted of settings whose value no message may repeat.
_SECRETS = {"password": "应当是文字", "api_keys": f"每个密钥至少 {_SHORTEST_KEY} 个字符"}


def default_data_dir() -> Path:
    """Where the index is kept if nothing is set: beside the code in a checkout, else in the user's data folder."""
    if (_CHECKOUT / "pyproject.toml").is_file() and os.access(_CHECKOUT, os.W_OK):
        return _CHECKOUT / "var"
    home = Path(os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser())
    if home.is_absolute() and _can_be_made(home):
        return home / "youju"
    return _private_temporary()


def _can_be_made(folder: Path) -> bool:
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def _private_temporary() -> Path:
    folder = Path(tempfile.gettempdir()) / f"youju-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="youju-"))
    # Anybody may have made a folder of this name here: only one that is ours and closed to others will do.
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077:
        return folder
    return Path(tempfile.mkdtemp(prefix="youju-"))


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _expand(path: Path) -> Path:
    return path.expanduser()


def _rooted(path: str) -> str:
    if not path.strip("/"):
        return ""
    return "/" + path.strip("/")


def _nothing_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Key = Annotated[SecretStr, Field(min_length=_SHORTEST_KEY)]
Folder = Annotated[Path, AfterValidator(_expand)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Keys = Annotated[tuple[Key, ...], NoDecode, BeforeValidator(_split)]
OptionalName = Annotated[str | None, BeforeValidator(_nothing_if_blank)]


class Settings(BaseSettings):
    """Everything that can be set; unchangeable once made."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="forbid", frozen=True)

    reports: Folder = Field(
        REPORTS,
        description="报告所在的文件夹（.md 或 .txt，一个文件一份报告）",
        json_schema_extra={"shown": "随程序安装的 `corpus/reports`"},
    )
    report: OptionalName = Field(
        None,
        description="默认回答哪一份报告：文件名去掉扩展名",
        json_schema_extra={"shown": "按文件名排序的第一份"},
    )
    data_dir: Folder = Field(
        default_factory=default_data_dir,
        description="存放索引的文件夹",
        json_schema_extra={"shown": "源码目录下的 `var`；不可写时为用户数据目录下的 `youju`，再不行为临时目录"},
    )
    embedding: OptionalName = Field(
        None,
        description="嵌入模型：sentence-transformers 模型的名称或文件夹",
        json_schema_extra={"shown": "随程序安装的模型"},
    )
    writer: str = Field(
        "extractive",
        pattern=r"^(extractive|[a-z][a-z0-9_]*:\S+)$",
        description="谁来撰写回答：`extractive` 只用原文，不需要模型；"
        "或“提供方:模型”，如 `openai:deepseek-chat`，见 [docs/models.md](docs/models.md)",
    )
    writer_base_url: str = Field(
        "", description="模型服务的地址，OpenAI 兼容的多以 `/v1` 结尾", json_schema_extra={"shown": "提供方自己的地址"}
    )
    writer_key: SecretStr = Field(
        SecretStr(""),
        description="模型服务的密钥；写在环境变量里比写在文件里好",
        json_schema_extra={"shown": "不设；没有设地址时，用提供方自己的环境变量"},
    )
    writer_timeout: float = Field(30.0, ge=0.1, le=600, description="模型写一个回答最多几秒，超过就改用原文摘录")
    writer_silence: float = Field(15.0, ge=0.1, le=600, description="模型服务最多几秒没有动静，超过就改用原文摘录")
    writer_tokens: int = Field(800, ge=16, le=32_000, description="模型一个回答最多写多少词元（token）")
    completer: str = Field(
        "code",
        pattern=r"^(code|[a-z][a-z0-9_]*:\S+)$",
        description="追问由谁补全：`code` 只用程序；或“提供方:模型”，程序补全之后答不出时再请它试一次，"
        "地址和密钥与撰写的模型相同，见 [docs/models.md](docs/models.md)",
    )
    completer_timeout: float = Field(5.0, ge=0.1, le=60, description="模型补全一个追问最多几秒，超过就照程序补全的回答")
    max_question: int = Field(500, ge=1, le=MAX_QUESTION, description="一个问题最多多少字")
    host: str = Field("127.0.0.1", min_length=1, description="网页服务监听的地址；`0.0.0.0` 表示对外开放")
    port: int = Field(7860, ge=0, le=65_535, description="网页服务的端口；`0` 表示任选一个空闲的")
    root_path: Annotated[str, AfterValidator(_rooted)] = Field(
        "", description="反向代理把网页放在哪个路径下，如 `/youju`", json_schema_extra={"shown": "根路径"}
    )
    allowed_hosts: Names = Field(
        (),
        description="除本机外，允许用哪些域名访问网页，用逗号隔开；`*` 表示不限",
        json_schema_extra={"shown": "只有本机和监听的地址"},
    )
    trusted_proxies: Names = Field(
        (),
        description="信任哪些反向代理报来的访客地址，用逗号隔开",
        json_schema_extra={"shown": "都不信任"},
    )
    password: SecretStr = Field(
        SecretStr(""),
        description="进入网页的口令；写在环境变量里比写在文件里好",
        json_schema_extra={"shown": "不设口令"},
    )
    api_keys: Keys = Field(
        (),
        description="调用接口要带的密钥，用逗号隔开，每个至少 16 个字符；写在环境变量里比写在文件里好",
        json_schema_extra={"shown": "不要密钥"},
    )
    limit_at_once: int = Field(2, ge=1, le=64, description="同时回答几个问题，其余的排队")
    limit_writing: int = Field(
        8, ge=1, le=24, description="同时请模型撰写几个回答、补全几个追问，再多的立即改用原文摘录、程序的补全"
    )
    limit_burst: int = Field(
        60, ge=1, le=100_000, description="同一地址一口气最多提多少次（回答之后取追问建议也算一次）"
    )
    limit_per_minute: int = Field(240, ge=1, le=1_000_000, description="同一地址此后每分钟最多提多少次")
    limit_connections: int = Field(400, ge=8, le=100_000, description="最多同时有多少个连接，每个打开的网页占一个")
    log: Literal["quiet", "text", "json"] = Field(
        "quiet", description="写到标准错误的日志：`quiet` 只写故障，`text` 和 `json` 每个请求一行；都不写问题的内容"
    )
    metrics_port: Annotated[int | None, BeforeValidator(_nothing_if_blank)] = Field(
        None,
        ge=1,
        le=65_535,
        description="Prometheus 在本机的哪个端口读运行指标",
        json_schema_extra={"shown": "不提供"},
    )
    language: Literal["zh", "en"] = Field("zh", description="网页界面的语言：`zh` 或 `en`；回答和报告总是中文")
    title: str = Field("有据", min_length=1, description="网页的标题")
    notice: str = Field("回答由程序摘自报告原文，以原文为准。", description="网页上的说明；留空则不显示")
    contact: str = Field("", description="答不了时请人联系何处，如 `12345`", json_schema_extra={"shown": "不显示"})

    @property
    def index_folder(self) -> Path:
        """Where the index of the reports is kept."""
        return self.data_dir / "index"

    @property
    def places(self) -> int:
        """How many questions are taken at once: who waits for the model takes no place of those who do not."""
        return self.limit_at_once + (self.limit_writing if self.asks_models else 0)

    @property
    def asks_models(self) -> bool:
        """Whether some answers wait for a chat model."""
        return self.writer != "extractive" or self.completer != "code"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code wins over the environment, and that over the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())

    @classmethod
    def load(cls, **given: Any) -> Self:  # noqa: ANN401  # each field has its own type, which pydantic checks
        """The settings, those `given` (and not None) above all others.

        Raises:
            SettingsProblem: some setting is unknown or unusable; the message names it and says what is wanted.
        """
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            raise SettingsProblem("；".join(_explain(one) for one in error.errors()) + "。") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsProblem(f"设置文件 {config_file()} 写法有误：{error}。") from error
        except OSError as error:
            raise SettingsProblem(f"无法读取设置文件 {config_file()}：{in_chinese(error)}。") from error


def config_file() -> Path | None:
    """The settings file: the one that YOUJU_CONFIG names, else youju.toml in the working directory, if there is one.

    Raises:
        SettingsProblem: YOUJU_CONFIG names a file that does not exist.
    """
    named = os.environ.get(CONFIG_ENV, "").strip()
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise SettingsProblem(f"找不到设置文件 {path}，请检查环境变量 {CONFIG_ENV}。")
        return path
    path = Path(CONFIG_FILE)
    return path if path.is_file() else None


def markdown_table() -> str:
    """The table of all settings for the README."""
    rows = ["| 设置 | 环境变量 | 默认值 | 说明 |", "| --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        shown = extra.get("shown") or f"`{field.default}`"
        rows.append(f"| `{name}` | `{ENV_PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


def _explain(error: ErrorDetails) -> str:
    name = str(error["loc"][0]) if error["loc"] else "?"
    if error["type"] == "extra_forbidden":
        return f"设置 {name}：{_ERRORS['extra_forbidden']}"
    default = Settings.model_fields[name].default if name in Settings.model_fields else ""
    wanted = _ERRORS.get(error["type"], error["msg"]).format(**error.get("ctx", {}), default=default)
    if name in _SECRETS:
        return f"设置 {name} 的值不能用，{_SECRETS[name]}"
    given = "" if _is_secret(name) else f" {error['input']!r} "
    return f"设置 {name} 的值{given}不能用，{wanted}"


def _is_secret(name: str) -> bool:
    field = Settings.model_fields.get(name)
    return field is not None and field.annotation is SecretStr


def main(arguments: Sequence[str] = ()) -> int:
    """Print the README's table."""
    del arguments
    sys.stdout.write(markdown_table() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
