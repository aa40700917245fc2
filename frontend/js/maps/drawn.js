// What the three maps draw: cells with their figures, cells that stand out or changed, venues, units.
import { Popup } from "maplibre-gl";
import { make } from "../elements.js";
import { colours } from "../map/style.js";
import { layers } from "../patrol/drawn.js";
import { filled } from "./maps.js";

const NOTHING = { type: "FeatureCollection", features: [] };
const CLASSES = 5;
const LEAST = 5; // smaller counts are never told
const ACTIVITIES = { posts: "#23407a", eat: "#b3541e", stay: "#6a4a8a", travel: "#1d6f6f", shop: "#9a3b6b", play: "#4d7a1f" };
const CHANGES = { 1: "#a8323e", 0: "#8a979b", "-1": "#1f6f9f" };

/** Lower bounds of the classes: each twice the one before, the same at every hour of a day. */
export function bounds(most) {
  let first = LEAST;
  while (first * 2 ** CLASSES < most) first *= 2;
  return Array.from({ length: CLASSES }, (_, k) => first * 2 ** k).map((n, k) => (k ? n : LEAST));
}

const wordsOf = ({ words, name, about }) => words ?? [name, about].filter(Boolean).join(" · ");

export class Drawn {
  constructor(element, { says, kinds, legend }) {
    Object.assign(this, { element, says, kinds, legend, cells: [], changes: null, shapes: new Map() });
  }

  get map() { return this.element.map; }

  take(cells, changes) {
    this.cells = cells;
    this.changes = changes;
  }

  /** The empty layers, under the names of towns. */
  furnish() {
    const { map } = this;
    if (!map || map.getSource("happened")) return;
    this.colour = colours(this.element);
    for (const name of ["happened", "changed"]) map.addSource(name, { type: "geojson", data: NOTHING });
    const heat = ["match", ["get", "rank"], ...[0, 1, 2, 3, 4].flatMap((k) => [k, this.colour[`mark-${k + 1}`]]), this.colour["mark-1"]];
    const tone = ["match", ["get", "tone"], 1, CHANGES[1], -1, CHANGES["-1"], CHANGES[0]];
    map.addLayer({ id: "happened", type: "fill", source: "happened", paint: { "fill-color": heat, "fill-opacity": 0.78, "fill-outline-color": "rgb(90 40 20 / 55%)" } }, "towns-edge");
    map.addLayer({ id: "changed", type: "fill", source: "changed", paint: { "fill-color": tone, "fill-opacity": ["case", ["==", ["get", "tone"], 0], 0.2, 0.65] } }, "towns-edge");
    map.addLayer({ id: "changed-edge", type: "line", source: "changed", paint: { "line-color": tone, "line-width": ["case", ["==", ["get", "tone"], 0], 0.6, 2] } }, "towns-label");
    map.addLayer({ id: "hot", type: "line", source: "happened", filter: ["get", "hot"], paint: { "line-color": "#2b0b14", "line-width": 2.2 } }, "towns-label");
    if (map.getSource("pois")) for (const [code, kinds] of Object.entries(this.kinds)) this.venues(code, kinds);
    for (const source of ["nodes", "patrols"]) {
      map.addSource(source, { type: "geojson", data: NOTHING });
      for (const layer of layers(this.colour, source)) map.addLayer({ source, ...layer });
    }
    for (const layer of ["happened", "changed", "nodes-point", "patrols-point", "patrols-way"]) {
      map.on("mousemove", layer, (event) => this.tell(event));
      map.on("mouseleave", layer, () => this.popup?.remove());
    }
  }

  venues(code, kinds) {
    const radius = ["interpolate", ["linear"], ["zoom"], 8, code === "posts" ? 3 : 1.8, 14, code === "posts" ? 7 : 5];
    this.map.addLayer({ id: `venues-${code}`, type: "circle", source: "pois", layout: { visibility: "none" }, filter: ["in", ["get", "kind"], ["literal", kinds]], paint: { "circle-color": ACTIVITIES[code], "circle-radius": radius, "circle-stroke-color": "#fff", "circle-stroke-width": code === "posts" ? 1.6 : 0.6 } }, "towns-label");
  }

  /** What is on, at these hours of the day (null: all day). */
  async show(on, hours) {
    const counted = this.cells.map(([cell, count, byHour, hot]) => ({ cell, hot, count: hours ? hours.reduce((sum, h) => sum + byHour[h], 0) : count }));
    const compared = on.has("happened") && this.changes && !hours;
    const least = bounds(Math.max(0, ...this.cells.map(([, count, byHour]) => (hours ? Math.max(...byHour) * hours.length : count))));
    this.explain(on, compared, least, !hours);
    const { map } = this;
    if (!map?.getSource("happened")) return;
    const turn = this.turn = {};
    const { cellToBoundary } = await import("h3-js");
    if (turn !== this.turn) return;
    const feature = (cell, properties) => {
      if (!this.shapes.has(cell)) this.shapes.set(cell, [cellToBoundary(cell, true)]);
      return { type: "Feature", geometry: { type: "Polygon", coordinates: this.shapes.get(cell) }, properties };
    };
    const happened = on.has("happened") && !compared ? counted.filter((one) => one.count) : [];
    const changed = compared ? this.changes : [];
    map.getSource("happened").setData({ type: "FeatureCollection", features: happened.map(({ cell, count, hot }) => feature(cell, { rank: least.filter((n) => count >= n).length - 1, hot: hot && !hours, words: filled(this.says.cell, { n: count }) + (hot && !hours ? ` · ${this.says.hot}` : "") })) });
    map.getSource("changed").setData({ type: "FeatureCollection", features: changed.map(([cell, then, now, tone, words]) => feature(cell, { tone, words: `${then} → ${now} ${words}` })) });
    for (const code of Object.keys(this.kinds)) if (map.getLayer(`venues-${code}`)) map.setLayoutProperty(`venues-${code}`, "visibility", on.has("fixed") ? "visible" : "none");
  }

  explain(on, compared, least, wholeDay) {
    const row = (sign, words) => make("li", {}, sign, make("span", {}, words));
    const rows = [];
    if (compared) for (const [tone, words] of Object.entries(this.says.tones)) rows.push(row(make("i", { class: "maps-tone", "data-tone": tone }), words));
    else if (on.has("happened") && this.cells.length) {
      rows.push(...least.map((n, k) => row(make("i", { class: `maps-heat heat-${k + 1}` }), k + 1 < least.length ? `${n}–${least[k + 1] - 1}` : `${n}+`)));
      if (wholeDay && this.cells.some(([, , , hot]) => hot)) rows.push(row(make("i", { class: "maps-heat maps-hot" }), this.says.hot));
    }
    this.legend.replaceChildren(...rows);
    this.legend.hidden = !rows.length;
  }

  /** Patrol nodes; none for null. */
  nodes(content) { this.map?.getSource("nodes")?.setData(content ?? NOTHING); }

  /** Plans that run at this minute: stops that were made by then are green. */
  patrols(plans, minute) {
    const running = plans.filter((one) => one.from <= minute && minute < one.until);
    const features = running.flatMap(({ drawn }) => drawn.features).map(({ properties: told, ...rest }) => {
      const tone = told.made >= 0 && told.made <= minute ? "done" : told.tone === "done" ? "" : told.tone;
      return { ...rest, properties: { ...told, ...("stop" in told ? { tone } : {}) } };
    });
    this.map?.getSource("patrols")?.setData({ type: "FeatureCollection", features });
  }

  units(units) { this.element.setUnits?.(units); }

  tell({ features, lngLat }) {
    this.popup ??= new Popup({ closeButton: false, closeOnClick: false, offset: 12, className: "map-popup", maxWidth: "20rem" });
    this.popup.setLngLat(lngLat).setText(wordsOf(features[0].properties)).addTo(this.map);
  }

  /** Bring a cell into view. */
  async go(cell) {
    const { cellToLatLng } = await import("h3-js");
    const [lat, lon] = cellToLatLng(cell);
    this.element.bring?.({ lat, lon });
  }
}
