"""Vision services elsewhere, as the settings say; their libraries are imported when used."""

from typing import TYPE_CHECKING

from agent.bootstrap.parts import text
from agent.settings import Settings
from tools.adapters.cloud_vision.azure_vision import AzureVision
from tools.adapters.cloud_vision.google_vision import GoogleVision
from tools.adapters.cloud_vision.rekognition import Rekognition
from tools.core.cloud.choosing import Choosing
from tools.core.cloud.sending import CloudWork
from tools.core.cloud.service import Clouds
from tools.core.cloud.standing import Standing
from tools.core.cloud.terms import parse_terms
from tools.core.ingest.suspecting import Suspecting
from tools.core.ports import CloudVision

if TYPE_CHECKING:
    from agent.bootstrap.house import House


def cloud_services(settings: Settings) -> dict[str, CloudVision]:
    """Give the services by name."""
    key = settings.azure_vision_key
    found: list[CloudVision] = [
        Rekognition(settings.rekognition_region, settings.rekognition_endpoint),
        GoogleVision(settings.google_vision_endpoint, settings.google_vision_credentials),
        AzureVision(settings.azure_vision_endpoint, key.get_secret_value() if key else ""),
    ]
    return {one.name: one for one in found}


def clouds(house: "House", suspecting: Suspecting) -> Clouds:
    """Give the use case over a house."""
    services = cloud_services(house.settings)
    standing = Standing(
        catalogue=house.catalogue,
        services=services,
        terms=parse_terms(text(house.settings.home, "cloud.toml")),
        directory=house.directory,
    )
    choosing = Choosing(catalogue=house.catalogue, rights=house.rights)
    work = CloudWork(
        catalogue=house.catalogue,
        services=services,
        standing=standing,
        choosing=choosing,
        originals=house.originals,
        imaging=house.imaging,
        settling=house.rejecting,
        indexing=house.indexing,
        suspecting=suspecting,
        clock=house.clock,
    )
    return Clouds(
        catalogue=house.catalogue,
        services=services,
        standing=standing,
        choosing=choosing,
        work=work,
        approvals=house.approvals,
        policy=house.policy,
        jobs=house.jobs,
        clock=house.clock,
    )
