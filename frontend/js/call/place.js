// Where it is: chosen from the gazetteer, or a pin on the map; each fills the other.
import { icon, make } from "../elements.js";

// Kinds of places that only say about where: the point is somewhere in their middle.
const WIDE = new Set(["town", "village", "community", "island", "road"]);

export class Place {
  constructor(form, sheet) {
    this.form = form;
    this.words = sheet.words;
    this.input = form.elements.place;
    this.state = form.querySelector("[data-call-place]");
    this.map = document.querySelector("gz-map");
    this.input.addEventListener("gz:chosen", ({ detail }) => this.chosen(detail));
    this.input.addEventListener("input", () => this.typed());
    form.elements.lat.addEventListener("change", () => this.changed());
    form.elements.lat.addEventListener("gz:restored", () => this.changed());
    this.map.oncall = ({ detail }) => this.picked(detail);
    if (!this.map.heard) this.map.addEventListener("gz:picked", (event) => this.map.oncall(event));
    this.map.heard = true;
    if (form.elements.lat.value) this.show({ lat: Number(form.elements.lat.value), lon: Number(form.elements.lon.value) });
    this.say();
  }

  chosen({ lat, lon, accuracy, kind, label }) {
    this.pinned = false;
    this.wide = WIDE.has(kind) ? label : "";
    this.write(lat, lon, Number.isFinite(accuracy) ? Math.round(accuracy) : "");
    this.show({ lat, lon });
    this.form.elements.words.focus();
  }

  /** Where the caller's own phone says that it is. */
  told({ lat, lon, accuracy }) {
    this.pinned = true;
    this.wide = "";
    this.write(lat, lon, accuracy);
    this.show({ lat, lon });
    this.nameIt({ lat, lon });
  }

  /** On the map, once it is open; unless the words have changed by then. */
  async show(at) {
    this.shown = at;
    await this.map.ready;
    if (this.shown === at) this.map.pointAt?.(at);
  }

  write(lat, lon, accuracy = "") {
    const fields = this.form.elements;
    [fields.lat.value, fields.lon.value, fields.accuracy.value] = [lat ?? "", lon ?? "", accuracy];
    this.changed();
  }

  /** Other words mean another place, unless somebody pinned it down by hand. */
  typed() {
    if (!this.form.elements.lat.value || this.pinned) return this.say();
    this.shown = null;
    this.write("", "");
    this.map.unpick?.();
  }

  changed() {
    this.say();
    this.form.dispatchEvent(new CustomEvent("call:asked"));
    this.form.dispatchEvent(new Event("change"));
  }

  /** A pin names the place when nobody has written one. */
  async picked({ lat, lon, how }) {
    if (how === "restored" || how === "address") return;
    this.pinned = true;
    this.wide = "";
    this.form.elements.accuracy.value = "";
    await this.nameIt({ lat, lon });
  }

  async nameIt({ lat, lon }) {
    const at = new URL(this.map.dataset.nearUrl, location.href);
    at.search = new URLSearchParams({ lat, lon });
    const answer = await fetch(at, { headers: { Accept: "application/json" } }).catch(() => null);
    const label = answer?.ok ? (await answer.json()).results?.[0]?.label : "";
    if (!label) return;
    if (!this.input.value.trim() || this.named === this.input.value) this.named = this.input.value = label;
    this.map.name(label);
    this.say(label);
  }

  say(label = "") {
    const located = Boolean(this.form.elements.lat.value);
    const sure = located && !this.wide;
    this.state.dataset.state = sure ? "located" : located || this.input.value.trim() ? "nowhere" : "";
    this.state.replaceChildren(icon(sure ? "check" : "pin"), make("span", {}, this.sentence(located, label)));
  }

  sentence(located, label) {
    if (!located) return this.words.no_point;
    if (this.wide) return this.words.wide.replace("%(place)s", this.wide);
    return label ? this.words.near.replace("%(place)s", label) : this.words.located;
  }

  focus() {
    this.input.focus();
    this.input.select();
  }
}
