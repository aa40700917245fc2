// What maps of patrols draw, from a JSON block of the page named by data-patrol: nodes as points,
// drawn areas, and the routes of units as lines. Everything stands in the page's lists, too.
//   properties: name, about; of a line: colour (0 to 7), unit; of a point: tone, number, unit
import { LngLatBounds, Popup } from "maplibre-gl";
import { make } from "../elements.js";
import { startDragging } from "./dragging.js";
import { boxOf } from "../map/shapes.js";
import { colours, FONT_BOLD } from "../map/style.js";

export const HUES = ["#0b5f6e", "#a8323e", "#5b3f8c", "#a05a00", "#1f6f3f", "#23407a", "#8a2f6b", "#5f6400"];
const POST = "post";
const TONES = { done: "#12643a", skipped: "#804600", left: "#a51d17", late: "#a51d17" };
const is = (kind) => ["==", ["geometry-type"], kind];

/** The layers of one source, each named after it. */
export function layers(colour, name = "patrol") {
  const hue = ["match", ["coalesce", ["get", "colour"], -1], ...HUES.flatMap((one, k) => [k, one]), colour.select];
  const tone = ["match", ["coalesce", ["get", "tone"], ""], ...Object.entries(TONES).flat(), hue];
  return [
    { id: `${name}-area`, type: "fill", filter: is("Polygon"), paint: { "fill-color": colour["level-moderate"], "fill-opacity": 0.28 } },
    { id: `${name}-edge`, type: "line", filter: is("Polygon"), paint: { "line-color": colour["level-moderate"], "line-width": 2 } },
    { id: `${name}-way-under`, type: "line", filter: is("LineString"), layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#fff", "line-width": 6, "line-opacity": 0.85 } },
    { id: `${name}-way`, type: "line", filter: is("LineString"), layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": hue, "line-width": 3.2 } },
    { id: `${name}-point`, type: "circle", filter: is("Point"), paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 3.5, 11.5, 5, 12, ["case", ["has", "number"], 9.5, 6]], "circle-color": ["case", ["in", ["coalesce", ["get", "tone"], ""], ["literal", ["left", POST]]], "#fff", tone], "circle-stroke-color": ["case", ["==", ["get", "tone"], "left"], TONES.left, ["any", ["==", ["get", "tone"], POST], ["boolean", ["get", "pinned"], false]], "#1a1a1a", "#fff"], "circle-stroke-width": 2 } },
    { id: `${name}-number`, type: "symbol", filter: ["all", is("Point"), ["has", "number"]], minzoom: 11.8, layout: { "text-field": ["to-string", ["get", "number"]], "text-font": FONT_BOLD, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#fff" } },
  ];
}

class PatrolMap {
  constructor(element) {
    this.element = element;
    this.shown = "";
    if (element.map && element.hasAttribute("data-ready")) this.draw();
    else element.addEventListener("gz:map-ready", () => this.draw());
  }

  /** What is to be drawn: of the page, or asked for. */
  async asked() {
    const { patrol, patrolUrl } = this.element.dataset;
    if (patrol) return JSON.parse(document.querySelector(patrol).textContent);
    const answer = await fetch(patrolUrl, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? answer.json() : { type: "FeatureCollection", features: [] };
  }

  async draw() {
    this.content = await this.asked();
    const { map } = this.element;
    if (!map) return;
    map.addSource("patrol", { type: "geojson", data: this.content });
    for (const layer of layers(colours(this.element))) map.addLayer({ source: "patrol", ...layer });
    const box = boxOf(this.content);
    this.drawn = true;
    this.element.dispatchEvent(new CustomEvent("gz:patrol-drawn"));
    if (box) { this.element.around = new LngLatBounds(...box); this.element.fit(); }
    for (const layer of ["patrol-point", "patrol-way"]) {
      map.on("mousemove", layer, (event) => this.tell(event));
      map.on("mouseleave", layer, () => this.popup?.remove());
    }
    map.on("click", "patrol-point", ({ features }) => this.element.dispatchEvent(new CustomEvent("gz:stop", { bubbles: true, detail: features[0].properties })));
  }

  tell({ features, lngLat }) {
    if (this.held) return this.popup?.remove();
    const { name, about } = features[0].properties;
    this.popup ??= new Popup({ closeButton: false, closeOnClick: false, offset: 14, className: "map-popup", maxWidth: "20rem" });
    this.popup.setLngLat(lngLat).setDOMContent(make("div", {}, make("b", {}, name ?? ""), about ? make("div", {}, about) : null)).addTo(this.map);
  }

  get map() { return this.element.map; }

  /** The plan has changed: the same view, with what is in it now. */
  async redraw() {
    if (!this.map?.getSource("patrol")) return;
    this.content = await this.asked();
    this.only(this.shown, false);
  }

  /** Only this unit's way and stops; all for "". */
  only(unit, move = true) {
    this.shown = unit;
    if (!this.map?.getSource("patrol")) return;
    const features = this.content.features.filter(({ properties }) => !unit || String(properties.unit ?? "") === unit);
    const shown = { type: "FeatureCollection", features };
    this.map.getSource("patrol").setData(shown);
    const box = boxOf(shown);
    if (box && move) this.map.fitBounds(box, { padding: 40, maxZoom: 15, duration: this.element.reduced ? 0 : 400 });
  }
}

export function startPatrolMaps() {
  for (const element of document.querySelectorAll("gz-map[data-patrol], gz-map[data-patrol-url]")) {
    const drawn = new PatrolMap(element);
    const moves = document.querySelector("[data-plan-moves] form[data-move]");
    if (moves && element.dataset.patrolUrl) startDragging(drawn, moves);
    document.addEventListener("toggle", ({ target }) => {
      if (!target.matches?.("details.patrol-line")) return;
      if (target.open) drawn.only(target.dataset.unit);
      else if (drawn.shown === target.dataset.unit) drawn.only("");
    }, true);
    document.addEventListener("gz:plan-changed", () => drawn.redraw());
    let waits = 0;
    document.addEventListener("gz:live", ({ detail }) => {
      if (!element.dataset.patrolUrl || !detail.kind?.startsWith("plans.")) return;
      clearTimeout(waits);
      waits = setTimeout(() => drawn.redraw(), 1500);
    });
  }
}
