// The map's look: land and sea, towns, roads, ferries, drawn from the design's tokens.
//
// Layers come as GeoJSON from <layers-url><name>.geojson:
//   land, villages, towns, beats, stations, pois, roads (class: main, secondary, minor, lane;
//   bridge: true), ferries. Every feature may carry name and name_en.

export const BASE_LAYERS = ["land", "towns", "villages", "roads", "ferries", "pois", "stations", "beats"];

const FAMILIES = ["PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];
const NOTHING = { type: "FeatureCollection", features: [] };

/** Weights are read from the first family's name; no glyph server is asked (no `glyphs`). */
export const FONT = ["Gongzhi Medium", ...FAMILIES];
export const FONT_BOLD = ["Gongzhi Bold", ...FAMILIES];

export function nameIn(language) {
  const order = language.startsWith("en") ? ["name_en", "en", "name"] : ["name", "name_zh", "zh"];
  return ["coalesce", ...order.map((key) => ["get", key]), ""];
}

/** The colours a county sees, from custom properties of the element. */
export function colours(element) {
  const computed = getComputedStyle(element);
  return new Proxy({}, { get: (_, name) => computed.getPropertyValue(`--map-${name}`).trim() || "#888" });
}

const byZoom = (...stops) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops];
const roadClass = ["coalesce", ["get", "class"], ["get", "kind"], "minor"];
const oneOf = (...names) => ["in", roadClass, ["literal", names]];
const MAIN = ["main", "trunk", "primary", "motorway", "highway", "coast"];
const SECOND = ["secondary", "tertiary", "county"];
const LANE = ["lane", "path", "track", "footway", "village"];
const isLine = ["==", ["geometry-type"], "LineString"];

function width(factor, more = 0) {
  const size = (main, second, lane, minor) => ["+", more, ["*", factor, ["case", oneOf(...MAIN), main, oneOf(...SECOND), second, oneOf(...LANE), lane, minor]]];
  return byZoom(8, size(1.1, 0.5, 0, 0.2), 11, size(2.4, 1.5, 0.4, 0.8), 14, size(6, 4.5, 1.6, 3), 17, size(16, 13, 5, 10));
}

function roads(colour) {
  const shared = { type: "line", source: "roads", filter: isLine, layout: { "line-cap": "round", "line-join": "round", "line-sort-key": ["case", oneOf(...MAIN), 3, oneOf(...SECOND), 2, 1] } };
  const fill = ["case", oneOf(...MAIN), colour["road-main"], oneOf(...SECOND), colour["road-second"], colour.road];
  return [
    { ...shared, id: "roads-bridge", filter: ["all", isLine, ["==", ["get", "bridge"], true]], layout: { "line-cap": "butt" }, paint: { "line-color": colour["road-bridge"], "line-width": width(1, 4.5) } },
    { ...shared, id: "roads-edge", minzoom: 9, paint: { "line-color": colour["road-edge"], "line-width": width(1, 1.4), "line-opacity": byZoom(9, 0.5, 12, 1) } },
    { ...shared, id: "roads-fill", paint: { "line-color": fill, "line-width": width(1) } },
  ];
}

function label(id, source, size, more) {
  const { layout = {}, paint = {}, ...rest } = more;
  return { id, type: "symbol", source, layout: { "text-font": FONT, "text-size": size, "text-max-width": 8, ...layout }, paint: { "text-halo-width": 1.6, ...paint }, ...rest };
}

function labels(colour, name) {
  const halo = { "text-halo-color": colour.halo };
  return [
    label("pois-label", "pois", 11, { minzoom: 14, layout: { "text-field": name, "icon-image": "place", "text-anchor": "top", "text-offset": [0, 0.5], "text-optional": true, "icon-padding": 1 }, paint: { ...halo, "text-color": colour["text-faint"] } }),
    label("roads-label", "roads", 11, { minzoom: 12.5, filter: ["all", isLine, ["has", "name"]], layout: { "text-field": name, "symbol-placement": "line", "symbol-spacing": 320 }, paint: { ...halo, "text-color": colour["text-faint"] } }),
    label("ferries-label", "ferries", 11, { minzoom: 10, layout: { "text-field": name, "symbol-placement": "line-center" }, paint: { "text-halo-color": colour.sea, "text-color": colour["text-sea"] } }),
    label("villages-label", "villages", byZoom(11, 10.5, 15, 13), { minzoom: 11, layout: { "text-field": name, "text-padding": 4 }, paint: { ...halo, "text-color": colour["text-soft"] } }),
    label("stations-label", "stations", 11, { minzoom: 11.5, layout: { "text-field": name, "icon-image": "station", "text-anchor": "top", "text-offset": [0, 0.7], "text-optional": true, "icon-allow-overlap": true }, paint: { ...halo, "text-color": colour["text-station"] } }),
    label("towns-label", "towns", byZoom(7, 11, 10, 13.5, 14, 18), { layout: { "text-field": name, "text-font": FONT_BOLD, "text-letter-spacing": 0.06, "text-padding": 3, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1, "text-justify": "auto" }, paint: { ...halo, "text-halo-width": 2, "text-color": colour.text } }),
  ];
}

function beats(colour, name) {
  return [
    { id: "beats-line", type: "line", source: "beats", layout: { visibility: "none", "line-join": "round" }, paint: { "line-color": colour.beat, "line-width": 1.6, "line-dasharray": [3, 2] } },
    label("beats-label", "beats", 12, { layout: { "text-field": name, visibility: "none" }, paint: { "text-color": colour.beat, "text-halo-color": colour.halo } }),
  ];
}

/** The whole style. `land` is the loaded layer; without one the ground is plain land colour. */
export function mapStyle({ colour, url, language, land, wanted }) {
  const name = nameIn(language);
  const sources = { land: { type: "geojson", data: land ?? NOTHING } };
  for (const layer of BASE_LAYERS.filter((each) => each !== "land")) {
    sources[layer] = { type: "geojson", data: wanted.has(layer) ? url(layer) : NOTHING, tolerance: 0.4 };
  }
  const layers = [
    { id: "sea", type: "background", paint: { "background-color": land ? colour.sea : colour.land } },
    { id: "land-shore", type: "line", source: "land", paint: { "line-color": colour.shore, "line-width": byZoom(8, 2, 14, 9), "line-blur": byZoom(8, 2, 14, 8) } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colour.land } },
    { id: "land-edge", type: "line", source: "land", paint: { "line-color": colour["land-edge"], "line-width": 1 } },
    { id: "towns-edge", type: "line", source: "towns", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": colour["town-edge"], "line-width": 1, "line-dasharray": [4, 3] } },
    { id: "ferries", type: "line", source: "ferries", layout: { "line-cap": "butt" }, paint: { "line-color": colour.ferry, "line-width": byZoom(8, 1, 14, 2.2), "line-dasharray": [3, 2.5] } },
    ...roads(colour),
    ...beats(colour, name),
    ...labels(colour, name),
  ];
  return { version: 8, sources, layers };
}
