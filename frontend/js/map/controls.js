// Buttons on the map, the choice of layers, and the legend: ordinary HTML above the canvas.
import { icon, make } from "../elements.js";
import { words } from "../words.js";
import { CLASSES } from "./overlays.js";

/** Surfaces: one at a time, or neither could be read. */
const SURFACES = new Set(["cells", "cover"]);
export const TOGGLES = {
  incidents: ["incidents", "incidents-low", "incidents-dot", "selected", "selected-ring"],
  units: ["units", "units-chip"],
  cells: ["cells"],
  cover: ["cover", "cover-late"],
  beats: ["beats-line", "beats-label"],
  pois: ["pois-label", "pois-known"],
};

function tool(name, label, run) {
  const made = make("button", { type: "button", class: "map-tool", "aria-label": words(label), title: words(label) }, icon(name));
  made.addEventListener("click", run);
  return made;
}

/** Zoom, whole county, and (where wanted) my own position. */
export function tools(map, { fit, locate }) {
  return make("div", { class: "map-tools" },
    tool("plus", "map.zoom_in", () => map.zoomIn()),
    tool("minus", "map.zoom_out", () => map.zoomOut()),
    tool("map", "map.fit", fit),
    locate ? tool("locate", "map.locate", locate) : null);
}

/** Buttons that show and hide overlays; `shown` holds the names that are on. */
export function toggles(names, shown, turn) {
  const box = make("div", { class: "segments map-toggles", role: "group", "aria-label": words("map.layers") });
  for (const name of names) {
    const each = make("button", { type: "button", "aria-pressed": String(shown.has(name)), "data-layer": name }, words(`map.${name}`));
    each.addEventListener("click", () => {
      const on = each.getAttribute("aria-pressed") !== "true";
      each.setAttribute("aria-pressed", String(on));
      turn(name, on);
      for (const other of box.children) {
        const also = other !== each && on && SURFACES.has(name) && SURFACES.has(other.dataset.layer);
        if (also && other.getAttribute("aria-pressed") === "true") other.click();
      }
    });
    box.append(each);
  }
  return box;
}

function row(sign, sentence) {
  return make("li", {}, sign, make("span", {}, sentence));
}

function picture(image) {
  const canvas = make("canvas", { width: image.width, height: image.height, class: "map-sign", "aria-hidden": "true" });
  canvas.getContext("2d").putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  return canvas;
}

function heatRow(label) {
  const scale = make("span", { class: "map-scale", "aria-hidden": "true" });
  for (let k = 1; k <= CLASSES; k += 1) scale.append(make("i", { class: `heat-${k}` }));
  return make("li", { class: "map-heat", "data-for": "cells" }, make("span", {}, label), make("span", { class: "soft" }, words("map.low")), scale, make("span", { class: "soft" }, words("map.high")));
}

/** A row for each class of cover, with its words; beyond the promise the sample has its edge. */
function coverRows({ title, classes = [], within = 3 }) {
  const rows = classes.map((sentence, k) => row(make("i", { class: `map-cover cover-${k + 1}`, "data-late": k >= within || null, "aria-hidden": "true" }), sentence));
  return make("li", { class: "map-covers", "data-for": "cover" }, make("span", {}, title), make("ul", {}, ...rows));
}

/** What the signs mean. `says` are the page's words: {priorities, statuses, heat}. */
export function legend(signs, says, names) {
  const list = make("ul");
  if (names.includes("incidents")) for (const level of [1, 2, 3, 4]) list.append(row(picture(signs[`incident-${level}`][0]), says.priorities?.[level] ?? `P${level}`));
  if (names.includes("units")) for (const [status, sentence] of Object.entries(says.statuses ?? {})) if (signs[`unit-${status}`]) list.append(row(picture(signs[`unit-${status}`][0]), sentence));
  if (names.includes("cells")) list.append(heatRow(says.heat ?? words("map.cells")));
  if (names.includes("cover") && says.cover) list.append(coverRows(says.cover));
  return make("details", { class: "map-legend", "data-menu": true }, make("summary", {}, icon("info"), make("span", {}, words("map.legend"))), list);
}
