// What is foreseen, shift by shift: the slider, the strip and the list choose; the map follows at once.
import { Popup } from "maplibre-gl";
import { make } from "./elements.js";
import { fresh } from "./fresh.js";
import { onKeys } from "./keys.js";
import { colours } from "./map/style.js";

const NOTHING = { type: "FeatureCollection", features: [] };
const CLASSES = 5;
const WAIT_MS = 200; // a slider passes many shifts

const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const SOON = 0.75; // calls in a shift from which a number says more than how often one comes
const amount = (n) => (n >= 9.95 ? n.toFixed(0) : n >= 0.095 ? n.toFixed(1) : n.toFixed(2));
const shifts = (n) => (n > 0 ? Math.round(1 / n) : "∞");

/** Lower bounds of the classes: each half of the next, the same in all shifts. */
export function bounds(most) {
  return Array.from({ length: CLASSES }, (_, k) => (k ? most / 2 ** (CLASSES - k) : 0));
}

class Forecasts {
  constructor(root) {
    this.root = root;
    this.element = root.querySelector("gz-map");
    this.drawn = JSON.parse(document.getElementById("forecast-drawn").textContent);
    this.says = JSON.parse(document.getElementById("forecast-says").textContent);
    this.keys = [...this.part("at").options].map((one) => one.value);
    this.least = bounds(Math.max(0.001, ...Object.values(this.drawn.shifts).flat().map((one) => one[1])));
    this.shapes = new Map();
  }

  part(name) { return this.root.querySelector(`[data-${name}]`); }

  get key() { return this.part("at").value; }

  start() {
    const { root, says } = this;
    this.part("category").addEventListener("change", () => this.part("form").submit());
    this.part("at").addEventListener("change", () => this.seek(this.keys.indexOf(this.key)));
    this.part("slider")?.addEventListener("input", (event) => this.seek(Number(event.target.value)));
    root.addEventListener("click", ({ target }) => {
      const stop = target.closest("[data-stop]");
      const cell = target.closest("[data-cell]");
      if (stop) this.seek(this.keys.indexOf(stop.dataset.stop));
      else if (cell) this.go(cell.dataset.cell);
    });
    root.addEventListener("gz:map-ready", () => { this.furnish(); this.draw(); });
    onKeys("ArrowLeft", says.back, () => this.seek(this.keys.indexOf(this.key) - 1), says.group);
    onKeys("ArrowRight", says.on, () => this.seek(this.keys.indexOf(this.key) + 1), says.group);
    this.explain();
    this.mark();
    if (this.element.map?.loaded?.()) { this.furnish(); this.draw(); }
    root.toggleAttribute("data-ready", true);
  }

  seek(at) {
    if (at < 0 || at >= this.keys.length) return;
    this.part("at").selectedIndex = at;
    this.mark();
    this.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), WAIT_MS);
  }

  /** Which shift it is, on the slider and the strip. */
  mark() {
    const slider = this.part("slider");
    const { selectedIndex, options } = this.part("at");
    if (slider) {
      slider.value = selectedIndex;
      slider.setAttribute("aria-valuetext", options[selectedIndex].text);
    }
    for (const one of this.root.querySelectorAll("[data-stop]")) one.toggleAttribute("data-current", one.dataset.stop === this.key);
  }

  async tell() {
    const asked = new URLSearchParams({ category: this.part("category").value, at: this.key });
    const drawn = await fresh("#forecast-told", `${this.root.dataset.toldUrl}?${asked}`).catch(() => false);
    if (drawn) history.replaceState(history.state, "", `${location.pathname}?${asked}`);
    else document.querySelector("#forecast-told [role='status']").textContent = this.says.failed;
  }

  // --- the map ----------------------------------------------------------------------------------

  furnish() {
    const { map } = this.element;
    if (!map || map.getSource("foreseen")) return;
    const colour = colours(this.element);
    map.addSource("foreseen", { type: "geojson", data: NOTHING });
    const heat = ["match", ["get", "rank"], ...[0, 1, 2, 3, 4].flatMap((k) => [k, colour[`mark-${k + 1}`]]), colour["mark-1"]];
    map.addLayer({ id: "foreseen", type: "fill", source: "foreseen", paint: { "fill-color": heat, "fill-opacity": 0.75, "fill-outline-color": "rgb(90 40 20 / 45%)" } }, map.getLayer("towns-edge") ? "towns-edge" : undefined);
    map.on("mousemove", "foreseen", (event) => this.popup(event));
    map.on("mouseleave", "foreseen", () => this.told?.remove());
  }

  async draw() {
    const { map } = this.element;
    if (!map?.getSource("foreseen")) return;
    const turn = this.turn = {};
    const { cellToBoundary } = await import("h3-js");
    if (turn !== this.turn) return;
    const shape = (cell) => {
      if (!this.shapes.has(cell)) this.shapes.set(cell, [cellToBoundary(cell, true)]);
      return this.shapes.get(cell);
    };
    const features = (this.drawn.shifts[this.key] ?? []).map(([place, n, low, high]) => ({
      type: "Feature", geometry: { type: "Polygon", coordinates: shape(this.drawn.cells[place]) },
      properties: { rank: this.least.filter((one) => n >= one).length - 1, words: n >= SOON ? filled(this.says.cell, { n: amount(n), low, high }) : filled(this.says.seldom, { n: shifts(n), high }) },
    }));
    map.getSource("foreseen").setData({ type: "FeatureCollection", features });
  }

  popup({ features, lngLat }) {
    this.told ??= new Popup({ closeButton: false, closeOnClick: false, offset: 12, className: "map-popup", maxWidth: "20rem" });
    this.told.setLngLat(lngLat).setText(features[0].properties.words).addTo(this.element.map);
  }

  /** Where a cell seldom has a call in a shift, how many shifts have one says more than a number. */
  explain() {
    const legend = this.part("legend");
    const { least, says } = this;
    const seldom = least.at(-1) < SOON;
    const last = least.length - 1;
    const words = (n, k) => {
      if (seldom) return k === last ? `≤ ${shifts(n)}` : k ? `${shifts(least[k + 1])}–${shifts(n)}` : `> ${shifts(least[1])}`;
      return k === last ? `≥ ${amount(n)}` : `${amount(n)}–${amount(least[k + 1])}`;
    };
    const rows = least.map((n, k) => make("li", {}, make("i", { class: `forecast-heat heat-${k + 1}` }), make("span", {}, words(n, k))));
    legend.replaceChildren(make("li", {}, seldom ? says.shifts : says.calls), ...rows);
    legend.hidden = false;
  }

  async go(cell) {
    const { cellToLatLng } = await import("h3-js");
    const [lat, lon] = cellToLatLng(cell);
    this.element.bring?.({ lat, lon });
  }
}

export function startForecasts(root) {
  new Forecasts(root).start();
}
