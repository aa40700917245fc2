// Three maps on one: what happened, what is fixed, what is moving, at one hour of the day or all day.
// One canvas: they are read over each other, and drawn in software two more take 13 s.
import { make } from "../elements.js";
import { onKeys } from "../keys.js";
import { fresh } from "../fresh.js";
import { load } from "../replay/record.js";
import { Drawn } from "./drawn.js";
import { savePicture } from "./picture.js";
import { Week } from "./week.js";

const WINDOW = 3; // hours that are shown together: fewer would be too few to tell anything of
const STEP_MS = 250;
const CALM_MS = 1500; // for whoever wants less motion: an hour at once
const MINUTES = 10; // that pass in a step
const DAY = 24 * 60;
const NARROW = matchMedia("(max-width: 60rem)"); // where one list is seen at a time
const SIGNS = { free: "free", busy: "busy", dispatched: "enroute", en_route: "enroute", on_scene: "onscene" };

export function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

class Maps {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("[data-filters]");
    this.map = root.querySelector("gz-map");
    this.says = JSON.parse(document.getElementById("maps-says").textContent);
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.on = new Set(["happened"]);
    this.minute = null; // all day
    this.days = new Map();
    this.patrolled = new Map();
    const kinds = JSON.parse(document.getElementById("maps-layers").textContent);
    this.drawn = new Drawn(this.map, { says: this.says, kinds, legend: this.part("legend") });
    this.week = new Week(root, this.part("hours"), this.says, () => this.ask());
  }

  part(name) { return this.root.querySelector(`[data-${name}]`); }

  start() {
    this.read();
    this.form.addEventListener("change", () => this.ask());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.ask(); });
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.part("slider").addEventListener("input", (event) => this.seek(Number(event.target.value) * 60));
    this.root.addEventListener("gz:map-ready", () => { this.drawn.furnish(); this.show(); });
    const { says } = this;
    onKeys("ArrowLeft", says.back, () => this.step(-1), says.group);
    onKeys("ArrowRight", says.on, () => this.step(1), says.group);
    this.root.dataset.shown = "happened";
    this.root.toggleAttribute("data-ready", true);
    this.show();
  }

  clicked({ target }) {
    const set = target.closest("[data-set]");
    if (set) this.turn(set);
    else if (target.closest("[data-play]")) this.toggle();
    else if (target.closest("[data-whole-day]")) this.wholeDay();
    else if (target.closest("[data-cell]")) this.drawn.go(target.closest("[data-cell]").dataset.cell);
    else if (target.closest("[data-picture]")) this.picture(target.closest("[data-picture]"));
  }

  /** What the answer says, for the map. */
  read() {
    const { cells, changes } = JSON.parse(document.getElementById("maps-cells").textContent);
    this.told = document.getElementById("maps-told");
    this.drawn.take(cells, changes);
    this.week.read();
  }

  /** What can be unfolded in the answer stays as it is. */
  opened() { return [...document.querySelectorAll("#maps-told details")]; }

  async ask() {
    const asked = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => value));
    const status = this.part("status");
    this.root.toggleAttribute("data-asking", true);
    const open = this.opened().map((one) => one.open);
    const drawn = await fresh("#maps-told", `${this.root.dataset.toldUrl}?${asked}`).catch(() => false);
    this.root.toggleAttribute("data-asking", false);
    status.textContent = drawn ? "" : this.says.failed;
    if (!drawn) return;
    this.opened().forEach((one, at) => { one.open = open[at]; });
    history.replaceState(history.state, "", `${location.pathname}?${asked}`);
    this.read();
    this.show();
  }

  /** Show or hide one of the three; on a phone its list comes to the front. */
  turn(button) {
    const name = button.dataset.set;
    const behind = NARROW.matches && this.on.has(name) && this.root.dataset.shown !== name;
    const on = behind || !this.on.has(name);
    if (on) this.on.add(name); else this.on.delete(name);
    button.setAttribute("aria-pressed", String(on));
    this.root.dataset.shown = on ? name : [...this.on].at(-1) ?? name;
    if (on && name === "moving" && this.minute === null) this.seek(12 * 60);
    this.show();
  }

  // --- the time of day ------------------------------------------------------------------------

  step(hours) {
    const hour = Math.floor((this.minute ?? (hours > 0 ? -60 : DAY)) / 60) + hours;
    this.seek(((hour + 24) % 24) * 60);
  }

  seek(minute) {
    this.minute = minute;
    this.show();
  }

  wholeDay() {
    this.pause();
    this.minute = null;
    this.show();
  }

  toggle() { if (this.playing) this.pause(); else this.play(); }

  play() {
    this.minute ??= 0;
    const pace = this.calm ? [CALM_MS, 60] : [STEP_MS, MINUTES];
    this.playing = setInterval(() => this.seek((this.minute + pace[1]) % DAY), pace[0]);
    this.said(true);
    this.show();
  }

  pause() {
    clearInterval(this.playing);
    this.playing = 0;
    this.said(false);
  }

  said(playing) {
    this.part("play").setAttribute("aria-pressed", String(playing));
    this.part("play-words").textContent = playing ? this.says.pause : this.says.play;
    this.part("play").querySelector("use")?.setAttribute("href", `${document.body.dataset.sprite}#${playing ? "pause" : "arrow-right"}`);
  }

  get hour() { return this.minute === null ? null : Math.floor(this.minute / 60); }

  clock(minute) {
    return `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  }

  // --- showing --------------------------------------------------------------------------------

  show() {
    const { hour, says } = this;
    const span = hour === null ? says.whole : filled(says.hours, { from: this.clock(hour * 60), to: this.clock((hour + WINDOW) * 60) });
    const sharp = this.on.has("moving") && this.minute !== null ? ` · ${this.clock(this.minute)}` : "";
    this.part("clock").textContent = span + sharp;
    this.part("whole-day").setAttribute("aria-pressed", String(hour === null));
    this.part("slider").value = hour ?? 0;
    this.part("slider").setAttribute("aria-valuetext", span);
    this.root.toggleAttribute("data-whole-day-shown", hour === null);
    this.drawn.show(this.on, hour === null ? null : Array.from({ length: WINDOW }, (_, k) => (hour + k) % 24));
    this.move();
    this.patrol();
  }

  /** Nodes and plans of the last day; they come when one of the two is first looked at. */
  async patrol() {
    const { patrolsUrl } = this.root.dataset;
    const wanted = { fixed: this.on.has("fixed"), moving: this.on.has("moving") && this.minute !== null };
    if (!patrolsUrl) return;
    if (!wanted.fixed) this.drawn.nodes(null);
    if (!wanted.moving) this.drawn.patrols([], 0);
    if (!wanted.fixed && !wanted.moving) return;
    const asked = `${patrolsUrl}?${this.told.dataset.query}`;
    if (!this.patrolled.has(asked)) {
      const answer = fetch(asked, { headers: { Accept: "application/json" } });
      this.patrolled.set(asked, answer.then((got) => (got.ok ? got.json() : null)).catch(() => null));
    }
    const told = await this.patrolled.get(asked);
    if (!told) { this.patrolled.delete(asked); this.part("status").textContent = this.says.failed; return; }
    if (this.on.has("fixed")) this.drawn.nodes(told.nodes);
    if (this.on.has("moving") && this.minute !== null) this.drawn.patrols(told.plans, this.minute);
    this.listPatrol(told);
  }

  listPatrol(told) {
    if (this.listed === told) return;
    this.listed = told;
    this.part("nodes-total").textContent = told.kinds.reduce((sum, [, n]) => sum + n, 0);
    this.part("nodes").replaceChildren(...told.kinds.map(([words, n]) => make("li", {}, make("span", {}, words), make("b", {}, String(n)))));
    this.part("plans").replaceChildren(...told.plans.map(({ words, url }) => make("li", {}, make("a", { href: url }, words))));
  }

  /** Units on duty at this moment of the last day; the day's record comes when it is first asked. */
  async move() {
    if (!this.on.has("moving") || this.minute === null || !this.part("duty")) return this.drawn.units([]);
    const { day } = this.told.dataset;
    if (!this.days.has(day)) this.fetchDay(day);
    const record = await this.days.get(day);
    if (!record || !this.on.has("moving") || this.minute === null) return undefined;
    const units = record.unitsAt(this.minute * 60);
    const words = (one) => this.says.statuses[SIGNS[one.state]] ?? "";
    this.drawn.units(units.filter((one) => one.place).map((one) => ({ id: one.unit.id, lat: one.place[0], lon: one.place[1], name: one.unit.name, status: SIGNS[one.state], status_words: words(one) })));
    this.part("duty-words").textContent = `${this.clock(this.minute)} ${filled(this.says.on_duty, { n: units.length })}`;
    const rows = units.map((one) => make("li", {}, make("span", {}, one.unit.name), make("span", { class: "soft" }, words(one))));
    if (!this.playing || this.minute % 60 === 0) this.part("duty").replaceChildren(...rows);
    return undefined;
  }

  fetchDay(day) {
    const { outlineUrl, pieceUrl, waysUrl } = this.root.dataset;
    const dataset = { outlineUrl: `${outlineUrl}?${day}`, pieceUrl: `${pieceUrl}?${day}`, waysUrl: `${waysUrl}?${day}` };
    const first = new Promise((arrived) => {
      load({ dataset }, this.minute * 60, arrived).then(() => this.move()).catch((error) => {
        console.error(error);
        this.part("status").textContent = this.says.failed;
        this.days.delete(day);
        arrived(null);
      });
    });
    this.days.set(day, first);
  }

  async picture(button) {
    const { says } = this;
    if (!this.map.map) { this.part("status").textContent = says.no_picture; return; }
    const answer = await fetch(button.dataset.picture, { method: "POST", body: new FormData(button.form) }).catch(() => null);
    if (!answer?.ok) { this.part("status").textContent = says.failed; return; }
    const words = [this.told.querySelector(".maps-headline").textContent.trim(), this.part("clock").textContent];
    savePicture(this.map, this.part("legend"), words, this.told.querySelector(".maps-rule p").textContent);
  }
}

export function startMaps(root) {
  new Maps(root).start();
}
