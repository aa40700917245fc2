// The map's look, drawn from the design's tokens: sea and shallows, land and hills, streets by
// rank, ferries, and names by zoom. Heat, incidents and units lie above (overlays.js).
import { sources } from "./layers.js";

const FAMILIES = ["PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];

/** Weights are read from the first family's name; no glyph server is asked (no `glyphs`). */
export const FONT = ["Gongzhi Medium", ...FAMILIES];
export const FONT_BOLD = ["Gongzhi Bold", ...FAMILIES];

function nameIn(language) {
  const order = language.startsWith("en") ? ["en", "name_en", "name", "zh"] : ["zh", "name_zh", "name"];
  return ["coalesce", ...order.map((key) => ["get", key]), ""];
}

/** The colours a county sees, from custom properties of the element. */
export function colours(element) {
  const computed = getComputedStyle(element);
  return new Proxy({}, { get: (_, name) => computed.getPropertyValue(`--map-${name}`).trim() || "#888" });
}

const byZoom = (...stops) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops];
const kindIs = (...kinds) => ["in", ["get", "kind"], ["literal", kinds]];
const isPoint = ["==", ["geometry-type"], "Point"];
const isLine = ["!", isPoint];

const RANK = ["coalesce", ["get", "rank"], ["get", "class"], "minor"];
const rankIs = (...ranks) => ["in", RANK, ["literal", ranks]];
const perRank = (trunk, main, minor, street, lane) => ["match", RANK, "trunk", trunk, "main", main, "street", street, "lane", lane, minor];

function roadWidth(factor, more = 0) {
  const size = (...widths) => ["+", more, ["*", factor, perRank(...widths)]];
  return byZoom(8, size(1.4, 0.8, 0.4, 0, 0), 11, size(2.8, 2, 1.2, 0.5, 0.2), 13, size(5, 3.8, 2.6, 1.8, 1), 15, size(10, 8, 6, 5, 3), 18, size(24, 20, 16, 14, 9));
}

/** Without land among the layers the county lies on plain ground, and its border shows. */
function ground(colour, { land, outline }) {
  const fill = (id, source, paint, more = {}) => ({ id, type: "fill", source, paint, ...more });
  const plain = !land && outline;
  return [
    { id: "sea", type: "background", paint: { "background-color": land ? colour.sea : plain ? colour.outside : colour.land } },
    fill("county", "outline", { "fill-color": colour.land, "fill-opacity": plain ? 1 : 0 }),
    { id: "county-edge", type: "line", source: "outline", layout: { "line-join": "round" }, paint: { "line-color": colour.border, "line-width": plain ? 1.4 : 1, "line-opacity": plain ? 1 : 0.55, "line-dasharray": [5, 2.5, 1.2, 2.5] } },
    fill("shallows", "water", { "fill-color": ["case", [">", ["get", "depth"], 15], colour.shallow, colour.shore], "fill-antialias": true }),
    { id: "land-shore", type: "line", source: "land", paint: { "line-color": colour.surf, "line-width": byZoom(8, 1, 12, 4, 15, 10), "line-blur": byZoom(8, 1, 15, 6) } },
    fill("land", "land", { "fill-color": colour.land }),
    fill("relief", "relief", { "fill-color": ["interpolate", ["linear"], ["get", "above"], 25, colour["hill-1"], 240, colour["hill-2"]], "fill-opacity": 0.55 }),
    fill("beaches", "beaches", { "fill-color": colour.beach }),
    fill("built-up", "built_up", { "fill-color": colour.built, "fill-opacity": byZoom(9, 0.9, 15, 0.6) }),
    { id: "land-edge", type: "line", source: "land", paint: { "line-color": colour["land-edge"], "line-width": 0.8 } },
    { id: "towns-edge", type: "line", source: "towns", filter: isLine, minzoom: 9, maxzoom: 14.5, paint: { "line-color": colour["town-edge"], "line-width": 1, "line-dasharray": [4, 3] } },
    { id: "ferries", type: "line", source: "ferries", filter: isLine, paint: { "line-color": colour.ferry, "line-width": byZoom(8, 1, 14, 2.2), "line-dasharray": [3, 2.5] } },
  ];
}

function roads(colour) {
  const shared = { type: "line", source: "roads", layout: { "line-cap": "round", "line-join": "round", "line-sort-key": perRank(5, 4, 3, 2, 1) } };
  const edgeOpacity = byZoom(9, 0.35, 12, 1);
  return [
    { ...shared, id: "roads-bridge", filter: ["has", "over"], layout: { "line-cap": "butt" }, paint: { "line-color": colour["road-bridge"], "line-width": roadWidth(1, 5) } },
    { ...shared, id: "roads-edge", filter: ["any", rankIs("trunk", "main"), [">=", ["zoom"], 11.5]], paint: { "line-color": colour["road-edge"], "line-width": roadWidth(1, 1.3), "line-opacity": edgeOpacity } },
    { ...shared, id: "roads-fill", paint: { "line-color": perRank(colour["road-trunk"], colour["road-main"], colour.road, colour.road, colour.road), "line-width": roadWidth(1) } },
  ];
}

function label(id, source, size, { layout = {}, paint = {}, ...more }) {
  return { id, type: "symbol", source, layout: { "text-font": FONT, "text-size": size, "text-max-width": 8, ...layout }, paint: { "text-halo-width": 1.5, ...paint }, ...more };
}

const WELL_KNOWN = ["government", "hospital", "police", "fire_station", "school", "service_hall", "stadium", "pier", "bus_station", "court"];

function placeLabels(colour, name) {
  const small = { "text-field": name, "text-anchor": "top", "text-offset": [0, 0.55], "text-optional": true, "icon-padding": 1 };
  const faint = { "text-halo-color": colour.halo, "text-color": colour["text-faint"] };
  const quiet = ["all", ["!", kindIs(...WELL_KNOWN)]];
  return [
    label("pois-label", "pois", 10.5, { minzoom: 15, filter: quiet, layout: { ...small, "icon-image": "place" }, paint: faint }),
    label("pois-known", "pois", 11, { minzoom: 13, filter: ["all", kindIs(...WELL_KNOWN), ["!", kindIs("police", "pier")]], layout: { ...small, "icon-image": "known" }, paint: { ...faint, "text-color": colour["text-soft"] } }),
    label("roads-label", "roads", byZoom(12, 10.5, 16, 13), { minzoom: 12, filter: ["any", rankIs("trunk", "main"), [">=", ["zoom"], 14]], layout: { "text-field": name, "symbol-placement": "line", "symbol-spacing": 340, "text-padding": 6 }, paint: faint }),
    label("ferries-label", "ferries", 10.5, { minzoom: 10.5, filter: isLine, layout: { "text-field": name, "symbol-placement": "line-center", "text-max-angle": 22 }, paint: { "text-halo-color": colour.sea, "text-color": colour["text-sea"] } }),
  ];
}

// A town's name gives way to an incident, but stays close to its seat, in ems.
const AROUND_SEAT = ["center", [0, 0], ...[1, 2.2].flatMap((far) => ["top", [0, far], "bottom", [0, -far], "left", [far, 0], "right", [-far, 0]])];

function landLabels(colour, name) {
  const halo = { "text-halo-color": colour.halo };
  const sea = { "text-color": colour["text-sea"], "text-halo-color": colour.sea };
  return [
    label("islets-label", "labels", 10.5, { minzoom: 11.5, filter: kindIs("islet"), layout: { "text-field": name, "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.6 }, paint: sea }),
    label("peaks-label", "labels", 10.5, { minzoom: 12, filter: kindIs("peak"), layout: { "text-field": ["concat", name, " ", ["to-string", ["get", "height"]]], "icon-image": "peak", "text-anchor": "top", "text-offset": [0, 0.5] }, paint: { ...halo, "text-color": colour["text-hill"] } }),
    label("villages-label", "village-names", byZoom(11, 10.5, 15, 13), { minzoom: 11.3, layout: { "text-field": name, "text-padding": 5 }, paint: { ...halo, "text-color": colour["text-soft"] } }),
    label("piers-label", "ferries", 10.5, { minzoom: 11, filter: isPoint, layout: { "text-field": name, "icon-image": "pier", "text-anchor": "top", "text-offset": [0, 0.6], "text-optional": true }, paint: { ...halo, "text-color": colour["text-sea"] } }),
    label("stations-label", "pois", 11, { minzoom: 11.5, filter: kindIs("police"), layout: { "text-field": name, "icon-image": "station", "text-anchor": "top", "text-offset": [0, 0.7], "text-optional": true, "icon-allow-overlap": true }, paint: { ...halo, "text-color": colour["text-station"] } }),
    label("islands-label", "labels", byZoom(8, 11, 12, 15), { maxzoom: 12.5, filter: kindIs("island"), layout: { "text-field": name, "text-letter-spacing": 0.22, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.4 }, paint: { ...halo, "text-color": colour["text-island"] } }),
    label("towns-label", "town-names", byZoom(7, 11, 10, 13, 14, 18), { layout: { "text-field": name, "text-font": FONT_BOLD, "text-padding": 3, "text-variable-anchor-offset": AROUND_SEAT, "text-justify": "auto" }, paint: { ...halo, "text-halo-width": 2, "text-color": colour.text } }),
  ];
}

/** Where nothing else is drawn, at least the county's name, along its border. */
function countyLabel(colour, name) {
  return label("county-label", "outline", 14, { layout: { "text-field": name, "text-letter-spacing": 0.15, "symbol-placement": "line", "symbol-spacing": 480, "text-padding": 0 }, paint: { "text-color": colour["text-soft"], "text-halo-color": colour.halo, "text-halo-width": 3 } });
}

function beats(colour, name) {
  return [
    { id: "beats-line", type: "line", source: "beats", layout: { visibility: "none", "line-join": "round" }, paint: { "line-color": colour.beat, "line-width": 1.6, "line-dasharray": [3, 2] } },
    label("beats-label", "beats", 12, { layout: { "text-field": name, visibility: "none" }, paint: { "text-color": colour.beat, "text-halo-color": colour.halo } }),
  ];
}

/** The whole style. */
export function mapStyle({ colour, url, language, loaded, wanted }) {
  const name = nameIn(language);
  const plain = loaded.outline && !loaded.land;
  const layers = [...ground(colour, loaded), ...(plain ? [countyLabel(colour, name)] : []), ...roads(colour), ...beats(colour, name), ...placeLabels(colour, name), ...landLabels(colour, name)];
  return { version: 8, sources: sources(loaded, wanted, url), layers };
}
