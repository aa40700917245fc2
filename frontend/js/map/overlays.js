// What moves on the map: heat cells, incidents, units, and the selected one above all.
import { FONT } from "./style.js";

const NOTHING = { type: "FeatureCollection", features: [] };
const STATUSES = new Set(["free", "enroute", "onscene", "busy", "off"]);
export const CLASSES = 5;

function collection(features) {
  return { type: "FeatureCollection", features };
}

function point(one, properties) {
  return { type: "Feature", geometry: { type: "Point", coordinates: [one.lon, one.lat] }, properties };
}

function placed(one) {
  return Number.isFinite(one.lat) && Number.isFinite(one.lon);
}

export function incidentFeatures(incidents) {
  return collection(incidents.filter(placed).map((one) => {
    const priority = Math.min(Math.max(one.priority ?? 4, 1), 4);
    return point(one, { ...one, priority, sign: `incident-${priority}${one.late ? "-late" : ""}` });
  }));
}

export function unitFeatures(units) {
  return collection(units.filter(placed).map((one) => {
    const status = STATUSES.has(one.status) ? one.status : "busy";
    return point(one, { ...one, status, sign: `unit-${status}`, chip: `chip-${status === "free" || status === "off" ? status : "busy"}` });
  }));
}

/** Class borders that put about the same number of cells into each class (quantiles). */
export function breaks(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const found = [];
  for (let k = 1; k < CLASSES; k += 1) found.push(sorted[Math.floor((k * sorted.length) / CLASSES)] ?? 0);
  return found;
}

/** The size of cells that reads as a surface at this zoom: an H3 resolution. */
export function resolutionAt(zoom) {
  return zoom < 9 ? 7 : zoom < 12 ? 8 : 9;
}

/**
 * Cells as {cell: "h3 index in hex", value}, summed up to `resolution`. The library comes only
 * where heat is shown.
 */
export async function cellFeatures(cells, resolution = 9) {
  const { cellToBoundary, cellToParent, getResolution } = await import("h3-js");
  const sums = new Map();
  for (const { cell, value } of cells) {
    const at = getResolution(cell) > resolution ? cellToParent(cell, resolution) : cell;
    sums.set(at, (sums.get(at) ?? 0) + value);
  }
  const borders = breaks([...sums.values()]);
  return collection([...sums].map(([cell, value]) => {
    const ring = cellToBoundary(cell, true);
    return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties: { cell, value, rank: borders.filter((border) => value > border).length } };
  }));
}

/**
 * Cells of cover as {cell, value: seconds}. `says` are the page's words: {borders, within, about,
 * nobody}; a cell's rank is the number of borders that its seconds exceed.
 */
export async function coverFeatures(cells, _resolution, says = {}) {
  const { cellToBoundary } = await import("h3-js");
  const { borders = [], within = 3, about = "", nobody = "" } = says;
  return collection(cells.map(({ cell, value }) => {
    const rank = borders.filter((border) => value > border).length;
    const sentence = value >= 3540 ? nobody : about.replace("%(m)s", Math.max(1, Math.round(value / 60)));
    return { type: "Feature", geometry: { type: "Polygon", coordinates: [cellToBoundary(cell, true)] }, properties: { rank, late: rank >= within, sentence } };
  }));
}

// Where a unit's label may stand: close to its sign, or farther off when the selected incident
// lies between, in ems.
const AROUND = [1.5, 2.9].flatMap((far) => [
  "top", [0, far], "bottom", [0, -far], "left", [far, 0], "right", [-far, 0],
  "top-left", [far * 0.8, far * 0.8], "top-right", [-far * 0.8, far * 0.8], "bottom-left", [far * 0.8, -far * 0.8], "bottom-right", [-far * 0.8, -far * 0.8],
]);
// Urgent ones are always drawn whole, the others shrink to a dot where there is no room.
export const INCIDENTS = { "incidents-low": [">", ["get", "priority"], 2], incidents: ["<=", ["get", "priority"], 2] };
const SELECTED_SIZE = 1.25;

function cellLayers(colour) {
  const fills = ["match", ["get", "rank"], ...[0, 1, 2, 3, 4].flatMap((k) => [k, colour[`heat-${k + 1}`]]), colour["heat-1"]];
  return [{ id: "cells", type: "fill", source: "cells", layout: { visibility: "none" }, paint: { "fill-color": fills, "fill-opacity": 0.62, "fill-outline-color": "rgb(255 255 255 / 0)" } }];
}

/** Violet within the promise, brown beyond it, and there an edge, too: hue and line, not hue alone. */
function coverLayers(colour) {
  const fills = ["match", ["get", "rank"], ...[0, 1, 2, 3, 4].flatMap((k) => [k, colour[`cover-${k + 1}`]]), colour["cover-5"]];
  const hidden = { visibility: "none" };
  return [
    { id: "cover", type: "fill", source: "cover", layout: hidden, paint: { "fill-color": fills, "fill-opacity": 0.68, "fill-outline-color": "rgb(255 255 255 / 0)" } },
    { id: "cover-late", type: "line", source: "cover", filter: ["get", "late"], layout: hidden, paint: { "line-color": colour["cover-5"], "line-width": 1.2, "line-dasharray": [2, 2], "line-offset": 1 } },
  ];
}

function incidentLayers(colour) {
  const icons = { type: "symbol", source: "incidents", layout: { "icon-image": ["get", "sign"], "icon-size": ["interpolate", ["linear"], ["zoom"], 8, 0.72, 12, 0.95], "icon-padding": 0 } };
  return [
    { id: "incidents-dot", type: "circle", source: "incidents", paint: { "circle-radius": 3.5, "circle-color": ["match", ["get", "priority"], 1, colour.p1, 2, colour["p2-line"], 3, colour.p3, colour.p4], "circle-stroke-color": "#fff", "circle-stroke-width": 1.2 } },
    { ...icons, id: "incidents-low", filter: INCIDENTS["incidents-low"], layout: { ...icons.layout, "icon-overlap": "never", "symbol-sort-key": ["get", "priority"] } },
    { ...icons, id: "incidents", filter: INCIDENTS.incidents, layout: { ...icons.layout, "icon-overlap": "always", "symbol-sort-key": ["-", 0, ["get", "priority"]] } },
  ];
}

function unitLayers(colour) {
  const chip = { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11.5, "text-variable-anchor-offset": AROUND, "text-justify": "auto", "icon-image": ["get", "chip"], "icon-text-fit": "both", "icon-text-fit-padding": [1, 4, 1, 4], "text-padding": 1, "icon-padding": 1, "symbol-sort-key": ["match", ["get", "status"], "free", 1, "off", 3, 2] };
  const ink = ["match", ["get", "chip"], "chip-busy", "#ffffff", "chip-off", colour.p4, colour.unit];
  return [
    { id: "units-chip", type: "symbol", source: "units", minzoom: 9.5, layout: chip, paint: { "text-color": ink } },
    { id: "units", type: "symbol", source: "units", layout: { "icon-image": ["get", "sign"], "icon-allow-overlap": true, "icon-padding": 0, "icon-size": ["interpolate", ["linear"], ["zoom"], 8, 0.7, 12, 0.95], "symbol-sort-key": ["match", ["get", "status"], "free", 3, "off", 1, 2] } },
  ];
}

function selectedLayers() {
  const always = { "icon-allow-overlap": true, "icon-ignore-placement": false };
  return [
    { id: "selected-ring", type: "symbol", source: "selected", layout: { ...always, "icon-image": "ring" } },
    { id: "selected", type: "symbol", source: "selected", layout: { ...always, "icon-image": ["get", "sign"], "icon-size": SELECTED_SIZE } },
  ];
}

/** Put the empty overlays in their order: heat under the roads, the selected one on top. */
export function addOverlays(map, colour) {
  for (const name of ["cells", "cover", "incidents", "units", "selected"]) map.addSource(name, { type: "geojson", data: NOTHING });
  for (const layer of [...cellLayers(colour), ...coverLayers(colour)]) map.addLayer(layer, "land-edge");
  for (const layer of [...unitLayers(colour), ...incidentLayers(colour), ...selectedLayers()]) {
    map.addLayer(layer);
  }
  map.moveLayer("towns-label", "units"); // a town keeps its name before a unit's label gets room
}
