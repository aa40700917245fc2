// Drawing where a warning holds: towns ticked in the form, a circle around the pin, and an outline
// whose points are put under the crosshair, so that arrow keys and buttons do all of it.
//   data-draw data-find data-km-input data-outline-input data-areas-name (beside data-pick's own fields)
import { button, make } from "../elements.js";
import { words } from "../words.js";
import { drawShapes, ring } from "./shapes.js";

const FIRST_KM = 0.5;

export class Drawing {
  constructor(host, map, colour, towns) {
    this.host = host;
    this.map = map;
    this.towns = towns?.features ?? [];
    const { latInput, lonInput, kmInput, outlineInput, areasName } = host.dataset;
    [this.lat, this.lon, this.km, this.outline] = [latInput, lonInput, kmInput, outlineInput].map((id) => document.getElementById(id));
    this.boxes = [...document.querySelectorAll(`input[name="${areasName}"]`)];
    drawShapes(map, colour, this.content());
    this.status = make("span", { class: "map-draw-status", role: "status" });
    host.append(make("div", { class: "map-draw", role: "group", "aria-label": words("draw.outline") },
      button(words("draw.add"), "plain", () => this.add(map.getCenter()), { "data-size": "small" }),
      button(words("draw.undo"), "plain", () => this.take(), { "data-size": "small" }),
      button(words("draw.clear"), "quiet", () => this.write([]), { "data-size": "small" }), this.status));
    document.getElementById(host.dataset.find)?.addEventListener("gz:chosen", ({ detail }) => Number.isFinite(detail.lat) && host.pointAt(detail));
    host.addEventListener("gz:picked", () => { this.km.value ||= FIRST_KM; this.show(); });
    for (const field of [this.lat, this.km, this.outline, ...this.boxes]) field.addEventListener("input", () => this.show());
    for (const field of [this.lat, ...this.boxes]) field.addEventListener("change", () => this.show());
  }

  /** The points of the outline as [lat, lon]. */
  points() {
    return this.outline.value.split("\n").map((line) => line.split(/[,\uff0c]/).map(Number)).filter(([lat, lon]) => Number.isFinite(lat) && Number.isFinite(lon));
  }

  add({ lat, lng }) { this.write([...this.points(), [lat.toFixed(5), lng.toFixed(5)]]); }

  take() { this.write(this.points().slice(0, -1)); }

  write(points) {
    this.outline.value = points.map(([lat, lon]) => `${lat}, ${lon}`).join("\n");
    this.host.setAttribute("data-aiming", "");
    this.status.textContent = words("draw.points", { n: points.length });
    this.show();
  }

  content() {
    const level = document.querySelector("input[name=severity]:checked")?.value ?? "Moderate";
    const chosen = new Set(this.boxes.filter((box) => box.checked).map((box) => box.value));
    const geometries = this.towns.filter((town) => chosen.has(town.properties.code)).map((town) => town.geometry);
    const [lat, lon, km] = [this.lat, this.lon, this.km].map((field) => parseFloat(field.value));
    if (Number.isFinite(lat) && km > 0) geometries.push({ type: "Polygon", coordinates: [ring(lat, lon, km)] });
    const points = this.points().map(([one, two]) => [two, one]);
    if (points.length > 2) geometries.push({ type: "Polygon", coordinates: [[...points, points[0]]] });
    else if (points.length) geometries.push({ type: "LineString", coordinates: points.length > 1 ? points : [points[0], points[0]] });
    return { type: "FeatureCollection", features: geometries.map((geometry) => ({ type: "Feature", geometry, properties: { level } })) };
  }

  show() { this.map.getSource("shapes").setData(this.content()); }
}
