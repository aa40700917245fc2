// Stops are moved on the map: dragged, by mouse or finger, onto another unit's way, a stop of it or
// its post. While it is dragged the map says what dropping it there would do; what can't be is said,
// and the stop goes back. A tap opens what else can be done. Whoever drags nothing uses the stop's
// own page, which the list and each tap lead to: the actions are the same.
import { button, make } from "../elements.js";
import { words } from "../words.js";
import { freshLists, sendChange } from "./told.js";

const FAR = 6; // px that a press may tremble
const REACH = { mouse: 9, touch: 20 };
const LAYERS = ["patrol-point", "patrol-way"];
const JSON_ONLY = { Accept: "application/json" };

/** `drawn` is the PatrolMap, `form` holds the token and where moves are posted. */
export function startDragging(drawn, form) {
  const ready = () => new Dragging(drawn, form);
  if (drawn.drawn) ready();
  else drawn.element.addEventListener("gz:patrol-drawn", ready, { once: true });
}

class Dragging {
  constructor(drawn, form) {
    Object.assign(this, { drawn, form, map: drawn.map, host: drawn.element, held: null });
    this.words = make("div", { class: "patrol-told-words", role: "status" }, make("p", { class: "soft" }, words("patrol.drag_help")));
    this.deeds = make("div", { class: "patrol-told-deeds" });
    this.panel = make("div", { class: "patrol-told" }, this.words, this.deeds);
    this.host.append(this.panel);
    this.layers();
    this.map.on("mousedown", (event) => this.press(event, "mouse"));
    this.map.on("touchstart", (event) => this.press(event, "touch"));
    this.map.on("mousemove", (event) => this.move(event));
    this.map.on("touchmove", (event) => this.move(event));
    for (const end of ["mouseup", "touchend", "touchcancel"]) window.addEventListener(end, (event) => this.release(event.type === "touchcancel"));
    window.addEventListener("keydown", (event) => { if (event.key === "Escape") this.release(true); });
  }

  layers() {
    const none = { type: "FeatureCollection", features: [] };
    this.map.addSource("patrol-drag", { type: "geojson", data: none });
    this.map.addLayer({ id: "patrol-over", type: "line", source: "patrol", filter: ["==", ["get", "unit"], -1], layout: { "line-cap": "round" }, paint: { "line-color": "#1a1a1a", "line-width": 8, "line-opacity": 0.35 } }, "patrol-way");
    this.map.addLayer({ id: "patrol-drag-line", type: "line", source: "patrol-drag", paint: { "line-color": "#1a1a1a", "line-width": 2, "line-dasharray": [2, 1.5] } });
    this.map.addLayer({ id: "patrol-drag-point", type: "circle", source: "patrol-drag", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 11, "circle-color": "#1a1a1a", "circle-opacity": 0.8, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
  }

  near(point, reach, wanted) {
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const found = this.map.queryRenderedFeatures(box, { layers: LAYERS }).filter(({ properties }) => wanted(properties));
    const away = ({ geometry }) => {
      if (geometry.type !== "Point") return reach;
      const at = this.map.project(geometry.coordinates);
      return Math.hypot(at.x - point.x, at.y - point.y);
    };
    return found.sort((one, other) => away(one) - away(other))[0];
  }

  press(event, how) {
    if (event.originalEvent.touches?.length > 1) return this.release(true);
    if (event.originalEvent.button > 0) return;
    const found = this.near(event.point, REACH[how], (one) => one.moves);
    if (!found) return;
    event.preventDefault(); // else the map moves
    this.held = { ...found.properties, from: found.geometry.coordinates, at: event.point, reach: REACH[how], dragged: false };
    this.drawn.held = true;
  }

  move({ point, lngLat, originalEvent }) {
    const { held } = this;
    if (!held) return;
    if (originalEvent.touches?.length > 1) return this.release(true);
    if (!held.dragged && Math.hypot(point.x - held.at.x, point.y - held.at.y) < FAR) return;
    if (!held.dragged) this.lift();
    this.ghost(lngLat);
    const over = this.near(point, held.reach, (one) => one.stop !== held.stop && (one.unit || one.units));
    this.aim(over?.properties ?? null);
  }

  /** All ways are shown, so that it can go to any. */
  lift() {
    this.held.dragged = true;
    this.host.toggleAttribute("data-dragging", true);
    if (this.drawn.shown) this.drawn.only("", false);
    this.tell([this.held.name]);
  }

  ghost(lngLat) {
    const at = lngLat && [lngLat.lng, lngLat.lat];
    const shapes = at ? [{ type: "Point", coordinates: at }, { type: "LineString", coordinates: [this.held.from, at] }] : [];
    this.map.getSource("patrol-drag").setData({ type: "FeatureCollection", features: shapes.map((geometry) => ({ type: "Feature", properties: {}, geometry })) });
  }

  /** Over another place than before: what would dropping it here do? */
  aim(over) {
    const { held } = this;
    const target = over && { units: typeof over.units === "string" ? JSON.parse(over.units) : over.units, unit: over.unit, before: over.before ?? over.stop ?? "" };
    const key = target ? JSON.stringify(target) : "";
    if (key === held.key) return;
    Object.assign(held, { key, target, found: null });
    this.map.setFilter("patrol-over", ["==", ["get", "unit"], target?.unit ?? -1]);
    if (!target) return this.tell([held.name]);
    if (target.units?.length === 1) [[target.unit]] = target.units;
    if (target.unit) held.found = this.ask(held, target);
    else this.tell([held.name, target.units.map(([, name]) => name).join(" ")]);
  }

  async ask(held, { unit, before }) {
    this.asking?.abort();
    this.asking = new AbortController();
    this.tell([held.name, words("patrol.asking")]);
    const url = `${this.form.dataset.try}?${new URLSearchParams({ stop: held.stop, unit, before })}`;
    const answer = await fetch(url, { headers: JSON_ONLY, signal: this.asking.signal }).catch(() => null);
    const found = await answer?.json().catch(() => null);
    if (!found) return null;
    if (!answer.ok) found.why = found.detail;
    if (held === this.held) this.tell([held.name, found.why, ...(found.lines ?? [])], Boolean(found.why));
    return found;
  }

  async release(away = false) {
    const { held } = this;
    if (!held) return;
    this.held = null;
    this.drawn.held = false;
    this.host.removeAttribute("data-dragging");
    this.ghost(null);
    this.map.setFilter("patrol-over", ["==", ["get", "unit"], -1]);
    if (away) return this.tell([words("patrol.back_again")]);
    if (!held.dragged) return this.open(held);
    if (!held.target) return this.tell([words("patrol.nowhere")]);
    if (!held.target.unit) return this.choose(held);
    await this.drop(held, held.target, await held.found);
  }

  async drop(held, target, found) {
    if (found?.why) return this.refuse(held, target, found);
    await this.send(this.form.action, { stop: held.stop, unit: target.unit, before: target.before });
  }

  /** It goes back where it was; what would have to go for it is named, and can be let go. */
  refuse(held, target, found) {
    this.tell([`${found.why}${words("patrol.back_again")}`, ...(found.anyway ? found.lines : [])], true);
    if (!found.anyway) return;
    this.deed("patrol.anyway", () => this.send(this.form.action, { stop: held.stop, unit: target.unit, before: target.before, anyway: "yes" }));
    this.deed("patrol.leave", () => this.tell([words("patrol.back_again")]));
  }

  /** Several units set out from there. */
  choose(held) {
    this.tell([held.name, words("patrol.who")]);
    for (const [unit, name] of held.target.units) this.deedNamed(name, async () => {
      const target = { unit, before: "" };
      this.drop(held, target, await this.ask(held, target));
    });
  }

  /** What else can be done with it; its page has all of it. */
  open(held) {
    const url = this.form.dataset.change.replace("/0/", `/${held.stop}/`);
    this.tell([held.name, held.about]);
    const then = (label, what) => this.deed(label, () => this.send(url, { then: what }));
    if (held.out) then("patrol.put_back", "back");
    else {
      if (held.unit) then(held.pinned ? "patrol.unpin" : "patrol.pin", held.pinned ? "unpin" : "pin");
      then("patrol.out", "out");
    }
    this.deeds.append(make("a", { class: "button", "data-size": "small", href: this.form.dataset.stop.replace("/0/", `/${held.stop}/`) }, words("patrol.other")));
    this.deed("patrol.close", () => this.tell([words("patrol.drag_help")]));
  }

  async send(url, fields) {
    const told = await sendChange(this.form, url, fields);
    if (!told.ok) return this.tell([`${told.words}${words("patrol.back_again")}`], true);
    this.tell([told.words]);
    await Promise.all([this.drawn.redraw(), freshLists()]);
    this.host.dispatchEvent(new CustomEvent("gz:patrol-moved", { bubbles: true }));
  }

  tell(lines, bad = false) {
    const [first, ...others] = lines.filter(Boolean);
    this.words.replaceChildren(make("p", {}, make("b", {}, first ?? "")), ...others.map((line) => make("p", {}, line)));
    this.panel.toggleAttribute("data-bad", bad);
    this.deeds.replaceChildren();
  }

  deed(label, press) { this.deedNamed(words(label), press); }

  deedNamed(label, press) { this.deeds.append(button(label, "plain", press, { "data-size": "small" })); }
}
