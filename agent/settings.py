"""Settings: the only reader of the environment and of dalm.toml."""

from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError

from tools.core.errors import Fixable


class Home(BaseSettings):
    """Where the data folder is, needed before dalm.toml in it can be read."""

    model_config = SettingsConfigDict(env_prefix="DALM_", frozen=True, extra="ignore")
    home: Path = Path("~/.dalm")


class Settings(BaseSettings):
    """Everything that can be configured; the environment (`DALM_NAME`) beats dalm.toml.

    `home` is the data folder, `models` the verified model files, `database` a SQLAlchemy URL,
    `website` the folder of the website channel. `brain` chooses `auto` (openai with a key or base
    URL, else local), `openai`, `local` or `none`. `hub_text_model` searches with a text-embedding
    model of a hub (a folder, `owner/name` or `owner/name@revision`; needs the `hub` extra) instead
    of the built-in one; each model has its own vectors, so run `dalm reindex` after a change.
    `joint_model` is a CLIP, SigLIP or SigLIP 2 of a hub that finds pictures by words and by other
    pictures; a change of it is carried out behind the search, see `dalm models switch`.
    `speech_model` is another Whisper: a size of faster-whisper, a hub's `owner/name` or a folder.
    `translation_model` is an NLLB-200 of a hub, which then translates every pair it knows.
    `caption_model` is a BLIP, GIT or ViT-GPT2 of a hub that drafts captions when a file comes in.
    `brain_patience` is for how many seconds first requests wait for the local model to warm up.
    `rekognition_region`, and the endpoints, say where cloud vision services are; `azure_vision_key`
    is that of the resource, `google_vision_credentials` the key file of a service account.
    `budget_tokens` and `budget_cost` are what each person may use of a remote model in a day.
    """

    model_config = SettingsConfigDict(env_prefix="DALM_", frozen=True, extra="ignore")

    home: Path = Path("~/.dalm")
    models: Path | None = None
    database: str | None = None
    blobs: str | None = None
    website: Path | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    brain: Literal["auto", "openai", "local", "none"] = "auto"
    local_model: str = "chat-brain"
    brain_patience: float = Field(default=30.0, ge=0)
    openai_base_url: str | None = None
    openai_api_key: SecretStr | None = None
    openai_model: str = "gpt-5-mini"
    budget_tokens: int | None = Field(default=None, ge=0)
    budget_cost: Decimal | None = Field(default=None, ge=0)
    hub_text_model: str | None = None
    rekognition_region: str = "us-east-1"
    rekognition_endpoint: str | None = None
    google_vision_endpoint: str = "https://vision.googleapis.com"
    google_vision_credentials: Path | None = None
    azure_vision_endpoint: str | None = None
    azure_vision_key: SecretStr | None = None
    joint_model: str | None = None
    speech_model: str | None = None
    translation_model: str | None = None
    caption_model: str | None = None
    threads: int = 2

    @property
    def models_folder(self) -> Path:
        """Give the folder of verified model files."""
        return self.models or self.home / "models"

    @property
    def website_folder(self) -> Path:
        """Give the folder that the website channel publishes into."""
        return self.website or self.home / "channels" / "website"

    @property
    def database_url(self) -> str:
        """Give the SQLAlchemy URL of the catalogue."""
        return self.database or f"sqlite:///{self.home / 'catalogue.db'}"

    @property
    def brain_kind(self) -> str:
        """Give the brain that `auto` comes to."""
        if self.brain != "auto":
            return self.brain
        return "openai" if self.openai_api_key or self.openai_base_url else "local"


def load_settings() -> Settings:
    """Read the environment and DALM_HOME/dalm.toml.

    Raises Fixable, naming the file or the entry, for what cannot be used.
    """
    home = Home().home.expanduser().resolve()

    class _Placed(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            file = TomlConfigSettingsSource(settings_cls, home / "dalm.toml")
            return init_settings, env_settings, _Openai(settings_cls), file

    try:
        return _Placed(home=home)
    except (ValueError, SettingsError) as error:
        raise Fixable(f"The settings cannot be used: {error}") from error


class _Openai(PydanticBaseSettingsSource):
    """The names that every OpenAI client reads: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL."""

    def get_field_value(self, field: object, field_name: str) -> tuple[object, str, bool]:
        """Give a field of the plain names."""
        del field
        return getattr(_Plain(), field_name, None), field_name, False

    def __call__(self) -> dict[str, object]:
        """Give all that are set."""
        return {k: v for k, v in _Plain().model_dump().items() if v is not None}


class _Plain(BaseSettings):
    model_config = SettingsConfigDict(frozen=True, extra="ignore")
    openai_base_url: str | None = None
    openai_api_key: SecretStr | None = None
    openai_model: str | None = None
