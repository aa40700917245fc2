// Choosing on the map what a problem is compared with, and which cells around it are watched.
// The server says what can be; the list beside the map is the form, with or without a map.
//   data-choose="form id" data-choose-url data-choose-about="name name" (fields that go with the question)
import { button, make } from "../elements.js";
import { words } from "../words.js";

const JSON_ONLY = { Accept: "application/json" };
const LEVEL = { comparison: "Minor", near: "Moderate" };
const cellsOf = ({ properties }) => properties.cells ?? [];

class Choosing {
  constructor(host, form) {
    Object.assign(this, { host, form, map: host.map, what: "comparison" });
    this.content = JSON.parse(document.querySelector(host.dataset.shapes).textContent);
    this.list = form.querySelector("[data-choices]");
    this.status = make("p", { class: "map-choose-status", role: "status" }, words("choose.help"));
    this.modes = Object.keys(LEVEL).map((what) => button(words(`choose.${what}`), "plain", () => this.turn(what), { "data-size": "small", "data-what": what, "aria-pressed": String(what === this.what) }));
    host.append(make("div", { class: "map-choose", role: "group", "aria-label": words("choose.what") }, ...this.modes, this.status));
    this.map.on("click", (event) => this.press(event));
    this.list.addEventListener("change", ({ target }) => target.name === "middle" && this.ticked(target));
    form.elements.ring?.addEventListener("change", () => this.whole());
  }

  turn(what) {
    this.what = what;
    for (const one of this.modes) one.setAttribute("aria-pressed", String(one.dataset.what === what));
  }

  say(sentence, bad = false) {
    this.status.textContent = sentence;
    this.status.toggleAttribute("data-bad", bad);
  }

  features(level) { return this.content.features.filter(({ properties }) => properties.level === level); }

  /** A press: what is chosen there goes, else what is there comes, if it can. */
  async press({ point, lngLat }) {
    const here = this.map.queryRenderedFeatures(point, { layers: ["shapes"] });
    const cell = here.map((one) => one.properties).find(({ level }) => level === LEVEL[this.what])?.cells;
    if (this.what === "comparison" && cell) return this.drop(JSON.parse(cell)[0]);
    if (this.what === "near" && cell && this.without(lngLat)) return;
    await this.ask({ lat: lngLat.lat, lon: lngLat.lng });
  }

  async ask(where) {
    const asked = new URLSearchParams({ what: this.what, ...where });
    for (const name of this.host.dataset.chooseAbout.split(" ")) for (const value of new FormData(this.form).getAll(name)) asked.append(name, value);
    const answer = await fetch(`${this.host.dataset.chooseUrl}?${asked}`, { headers: JSON_ONLY }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!told) return this.say(words("net.failed"), true);
    if (!answer.ok) { this.say(told.detail, true); return null; }
    this.what === "near" ? this.around(told) : this.add(told);
    this.show();
    return told;
  }

  add(told) {
    this.content.features.push(feature("Minor", told));
    const said = words("choose.added", { place: told.place, level: told.level ?? 0 });
    const [middle] = told.cells;
    let box = this.box(middle);
    if (!box) {
      box = make("input", { type: "checkbox", name: "middle", value: middle });
      this.list.append(make("label", {}, box, make("span", {}, said)));
      this.list.querySelector(":scope > p")?.remove();
    }
    box.checked = true;
    this.say(said);
  }

  drop(middle) {
    this.content.features = this.content.features.filter((one) => one.properties.level !== "Minor" || cellsOf(one)[0] !== middle);
    const box = this.box(middle);
    if (box) box.checked = false;
    this.say(words("choose.dropped"));
    this.show();
  }

  box(middle) { return this.list.querySelector(`input[name=middle][value="${middle}"]`); }

  async ticked(box) {
    if (!box.checked) return this.drop(box.value);
    if (this.features("Minor").some((one) => cellsOf(one)[0] === box.value)) return;
    box.checked = false; // else it would stand in its own way
    const { what } = this;
    this.what = "comparison";
    if (await this.ask({ cell: box.value })) box.checked = true;
    this.what = what;
  }

  around(told) {
    const [ring] = this.features("Moderate");
    if (ring) {
      ring.properties.cells.push(...told.cells);
      ring.geometry.coordinates.push(...told.outlines);
    } else this.content.features.unshift(feature("Moderate", told));
    this.byHand();
    this.say(words("choose.watched"));
  }

  /** The cell of the ring that holds this place is watched no more. */
  without({ lng, lat }) {
    const [ring] = this.features("Moderate");
    const at = ring?.geometry.coordinates.findIndex(([outline]) => holds(outline, lng, lat)) ?? -1;
    if (at < 0) return false;
    ring.geometry.coordinates.splice(at, 1);
    ring.properties.cells.splice(at, 1);
    this.byHand();
    this.say(words("choose.unwatched"));
    this.show();
    return true;
  }

  /** From now on the cells count, not the width. */
  byHand() {
    this.whole();
    const cells = this.features("Moderate").flatMap(cellsOf);
    this.form.append(make("span", { hidden: true, "data-around": true }, ...(cells.length ? cells : ["none"]).map((cell) => make("input", { type: "hidden", name: "near", value: cell }))));
  }

  whole() { this.form.querySelectorAll("[data-around]").forEach((one) => one.remove()); }

  show() { this.map.getSource("shapes").setData(this.content); }
}

function feature(level, { cells, outlines }) {
  return { type: "Feature", properties: { level, cells }, geometry: { type: "MultiPolygon", coordinates: outlines } };
}

/** Whether the outline of a cell, which is convex, has the place within. */
function holds(outline, x, y) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [outline[i], outline[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function startChoosing() {
  for (const host of document.querySelectorAll("gz-map[data-choose]")) {
    const form = document.getElementById(host.dataset.choose);
    const start = () => form && host.map && new Choosing(host, form);
    if (host.hasAttribute("data-ready")) start();
    else host.addEventListener("gz:map-ready", start, { once: true });
  }
}
