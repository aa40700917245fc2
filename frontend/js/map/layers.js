// Where the map's ground comes from: GeoJSON files at <layers-url><name>.geojson.
//
//   outline   the county's border; all there is to draw of a county that nobody has drawn
//   water     depth (m): shallows, drawn from the deeper to the shallower
//   land, beaches, built_up      polygons
//   relief    above (m): ground above that height
//   roads     rank: trunk, main, minor, street, lane; over: bridge or causeway
//   ferries   kind: route (lines), pier (points)
//   towns     polygons; seat [lon, lat] is where the name stands
//   villages  polygons; centre [lon, lat]
//   beats     polygons
//   pois      points; kind
//   labels    points; kind: island, islet, peak (height in m)
//
// Names are in zh and en, or in name. A county without some of them has a plainer map.

export const BASE_LAYERS = ["outline", "water", "land", "relief", "beaches", "built_up", "roads", "ferries", "towns", "villages", "pois", "labels", "beats"];
export const NOTHING = { type: "FeatureCollection", features: [] };
/** Layers that come first: they decide what the rest is drawn on, and where names stand. */
export const FIRST = ["outline", "land", "towns", "villages"];

/** A layer's content; null when the county has none. */
export async function fetchLayer(url) {
  const answer = await fetch(url).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  return found?.features?.length ? found : null;
}

/** Points where names of areas stand: their seat or centre, else the map finds a middle itself. */
export function namePoints(layer) {
  const features = (layer?.features ?? []).map((feature) => {
    const at = feature.properties.seat ?? feature.properties.centre;
    return at ? { ...feature, geometry: { type: "Point", coordinates: at } } : feature;
  });
  return { type: "FeatureCollection", features };
}

/** Every source of the style. `loaded` holds the first layers, `wanted` names the others. */
export function sources(loaded, wanted, url) {
  const made = {
    outline: { type: "geojson", data: loaded.outline ?? NOTHING, tolerance: 0.5 },
    land: { type: "geojson", data: loaded.land ?? NOTHING, tolerance: 0.5 },
    towns: { type: "geojson", data: loaded.towns ?? NOTHING, tolerance: 0.5 },
    "town-names": { type: "geojson", data: namePoints(loaded.towns) },
    "village-names": { type: "geojson", data: namePoints(loaded.villages) },
  };
  for (const name of BASE_LAYERS.filter((each) => !FIRST.includes(each))) {
    made[name] = { type: "geojson", data: wanted.has(name) ? url(name) : NOTHING, tolerance: 0.5 };
  }
  return made;
}

/** [west, south, east, north] around a layer; null when it is empty. */
export function extent(layer) {
  const box = [180, 90, -180, -90];
  const widen = (at) => {
    if (typeof at[0] !== "number") return at.forEach(widen);
    box[0] = Math.min(box[0], at[0]);
    box[1] = Math.min(box[1], at[1]);
    box[2] = Math.max(box[2], at[0]);
    box[3] = Math.max(box[3], at[1]);
  };
  for (const feature of layer?.features ?? []) widen(feature.geometry.coordinates);
  return box[0] < box[2] ? box : null;
}
