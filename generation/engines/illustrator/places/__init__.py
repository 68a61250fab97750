"""Backgrounds: each place is a list of layers, painted from far to near."""

from collections.abc import Callable

from generation.engines.illustrator.canvas import Array
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places import (
    culture,
    elsewhere,
    heaven,
    heights,
    indoors,
    journeys,
    land,
    markets,
    parks,
    settlements,
    stages,
    town,
    views,
    water,
    wilds,
)

Layer = Callable[[Array, Scene], None]

LAYERS: dict[str, tuple[Layer, ...]] = {
    "sea": (heaven.sky, heaven.clouds, water.headland, water.water, water.beach),
    "lake": (heaven.sky, heaven.clouds, land.ranges, land.far_woods, water.water, water.bank),
    "mountains": (heaven.sky, heaven.clouds, land.ranges, land.far_woods, land.near_ground),
    "meadow": (heaven.sky, heaven.clouds, land.low_ranges, land.hills),
    "desert": (heaven.sky, heaven.clouds, land.low_ranges, land.dunes),
    "forest": (wilds.clearing, wilds.trunks, wilds.forest_floor, wilds.near_trunks, wilds.shafts),
    "bamboo": (wilds.clearing, wilds.bamboo, wilds.forest_floor, wilds.near_bamboo, wilds.shafts),
    "city": (heaven.sky, heaven.clouds, town.skyline, town.street),
    "neon": (heaven.sky, heaven.clouds, town.skyline, town.neon_air, town.street),
    "sky": (heaven.sky, heaven.clouds, heaven.cloud_sea),
    "space": (heaven.cosmos, heaven.planet, heaven.moon_ground),
    "underwater": (water.depths, water.seabed),
    "room": (indoors.wall, indoors.window, indoors.wooden_floor),
    "table": (indoors.wall, indoors.window, indoors.table_top),
    "studio": (indoors.backdrop,),
    "podium": (indoors.backdrop, stages.podium),
    "marble": (indoors.backdrop, stages.marble),
    "theatre": (stages.theatre,),
    "library": (stages.shelves, indoors.wooden_floor),
    "abstract": (stages.ribbons,),
    "savanna": (heaven.sky, heaven.clouds, land.low_ranges, land.plain, parks.acacias),
    "jungle": (wilds.clearing, wilds.trunks, wilds.forest_floor, wilds.near_trunks, wilds.shafts),
    "garden": (heaven.sky, heaven.clouds, land.low_ranges, parks.lawn),
    "field": (heaven.sky, heaven.clouds, land.low_ranges, parks.flower_rows),
    "street": (heaven.sky, heaven.clouds, culture.alley),
    "watertown": (heaven.sky, heaven.clouds, land.low_ranges, culture.town_by_the_water, water.water),
    "karst": (heaven.sky, heaven.clouds, culture.karst, water.water),
    "snowfield": (heaven.sky, heaven.clouds, land.ranges, land.far_woods, land.near_ground),
    "village": (heaven.sky, heaven.clouds, land.low_ranges, land.hills, settlements.village),
    "avenue": (heaven.sky, heaven.clouds, settlements.house_row, settlements.roadway),
    "crag": (heaven.sky, heaven.clouds, land.ranges, heaven.cloud_sea, heights.crag),
    "falls": (heaven.sky, heaven.clouds, heights.cliffs, water.water, heights.pool_stones),
    "moon": (heaven.cosmos, elsewhere.earth, elsewhere.lunar_plain),
    "pattern": (elsewhere.pattern,),
    "summit": (heaven.sky, heaven.clouds, culture.karst, heaven.cloud_sea),
    "pond": (views.pond, views.lilies),
    "station": (heaven.sky, heaven.clouds, land.low_ranges, land.hills, journeys.station),
    "market": (heaven.sky, heaven.clouds, town.skyline, markets.market),
    "harbour": (heaven.sky, heaven.clouds, water.headland, water.water, journeys.pier),
    "bridge": (heaven.sky, heaven.clouds, town.skyline, journeys.bridge, water.water),
    "terraces": (heaven.sky, heaven.clouds, land.ranges, heights.terraces),
    "roof": (heaven.sky, heaven.clouds, town.skyline, views.roof),
    "sill": (heaven.sky, heaven.clouds, land.low_ranges, land.hills, views.great_window, views.sill),
}

FOREGROUNDS: dict[str, Layer] = {
    "meadow": land.grass,
    "village": land.grass,
    "falls": parks.great_leaves,
    "mountains": land.grass,
    "lake": land.grass,
    "forest": wilds.ferns,
    "bamboo": wilds.ferns,
    "underwater": water.bubbles,
    "savanna": land.grass,
    "jungle": parks.great_leaves,
}
