// A past shift on the map: play, pause, step, seek; the queue as it stood then.
import { shortSpan } from "../spans.js";
import { onKeys } from "../keys.js";
import { facts, filled, Queue } from "./drawn.js";
import { load } from "./record.js";
import { Strip } from "./strip.js";

const SIGNS = { free: "free", busy: "busy", dispatched: "enroute", en_route: "enroute", on_scene: "onscene" };
const MAP_MS = 40; // how often the map is drawn while it plays, on a machine that can
const REST = 2; // on others it rests so many times as long as drawing took, so that keys are heard
const LAZY_MS = 3000; // at the longest
const SLOW_MS = 40;
const LIST_MS = 250;
const CALM_MS = 1000; // both, for whoever wants less motion
const MINUTE = 60;
const DASHES = { id: "trips", type: "line", source: "trips", paint: { "line-color": "#0d3d5c", "line-width": 1.6, "line-dasharray": [2, 2.5], "line-opacity": 0.75 }, filter: ["get", "guess"] };
const ALONG = { id: "trips-along", type: "line", source: "trips", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#0d3d5c", "line-width": 2.2, "line-opacity": 0.6 }, filter: ["!", ["get", "guess"]] };

class Player {
  constructor(root) {
    this.root = root;
    this.map = root.querySelector("gz-map");
    this.says = JSON.parse(document.getElementById("replay-says").textContent);
    this.since = Date.parse(root.dataset.since);
    this.t = Number(root.dataset.at) || 0;
    this.speed = 60;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.time = new Intl.DateTimeFormat("en-GB", { timeZone: root.dataset.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.queue = new Queue(this.part("queue"), this.part("queue-count"), this.says, (id) => this.select(id));
    this.drawnAt = this.listedAt = 0;
    this.drawEvery = MAP_MS;
    this.cost = 0;
  }

  part(name) { return this.root.querySelector(`[data-${name}]`); }

  clock(t, seconds = false) {
    const said = this.time.format(this.since + t * 1000);
    return seconds ? said : said.slice(0, 5);
  }

  hourOf(t) {
    const [hour, minute] = this.clock(t).split(":").map(Number);
    return { hour, minute };
  }

  async start() {
    this.listen();
    this.keys();
    try {
      const record = await load(this.root, this.t, (part) => this.arrived(part));
      if (record.straight) this.part("status").textContent = this.says.straight;
    } catch (error) {
      console.error(error);
      this.part("status").textContent = this.says.failed;
    }
    this.root.toggleAttribute("data-whole", true);
  }

  arrived(record) {
    if (!this.record) this.begin(record);
    this.show(true);
  }

  begin(record) {
    this.record = record;
    this.names = new Map(record.units.map((unit) => [unit.id, unit.name]));
    this.end = record.known;
    this.t = Math.min(this.t, this.end);
    this.strip = new Strip(this.part("strip"), record, { seek: (t) => this.seek(t), say: (told) => this.tell(told), clock: (t) => this.hourOf(t) });
    this.map.ready?.then(() => this.dashes());
    this.root.toggleAttribute("data-ready", true);
  }

  dashes() {
    const map = this.map.map;
    if (!map || map.getSource("trips")) return;
    map.addSource("trips", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const layer of [ALONG, DASHES]) map.addLayer(layer, map.getLayer("units-chip") ? "units-chip" : undefined);
    this.show(true);
  }

  listen() {
    this.part("play").addEventListener("click", () => this.toggle());
    this.part("tight").addEventListener("click", () => this.toTightest());
    this.root.addEventListener("click", ({ target }) => {
      const speed = target.closest("[data-speed]");
      if (speed) this.setSpeed(Number(speed.dataset.speed));
      const moment = target.closest("[data-seek]");
      if (moment) this.seek(Number(moment.dataset.seek));
    });
    this.root.addEventListener("gz:incident", ({ detail }) => this.select(Number(detail.id)));
    this.root.addEventListener("gz:map-ready", () => this.dashes());
  }

  keys() {
    const { says } = this;
    const key = (name, label, run) => onKeys(name, label, run, says.group);
    key("Space", `${says.play} / ${says.pause}`, () => this.toggle());
    key("ArrowLeft", says.back, () => this.step(-MINUTE));
    key("ArrowRight", says.on, () => this.step(MINUTE));
    key("Shift+ArrowLeft", says.far_back, () => this.step(-10 * MINUTE));
    key("Shift+ArrowRight", says.far_on, () => this.step(10 * MINUTE));
    for (const [name, speed] of [["1", 1], ["2", 20], ["6", 60]]) key(name, filled(says.speed, { n: speed }), () => this.setSpeed(speed));
    key("n", says.next, () => this.seek(this.record?.callAfter(this.t) ?? this.t));
    key("p", says.previous, () => this.seek(this.record?.callBefore(this.t) ?? this.t));
    key("t", says.tight, () => this.toTightest());
    key("j", says.pick_next, () => this.pick(1));
    key("k", says.pick_previous, () => this.pick(-1));
    key("l", says.note, () => { this.pause(); document.getElementById("replay-words")?.focus(); });
  }

  toggle() { if (this.playing) this.pause(); else this.play(); }

  play() {
    if (!this.record) return;
    if (this.t >= this.end) this.t = 0;
    this.playing = true;
    this.last = performance.now();
    this.said(true);
    requestAnimationFrame((at) => this.frame(at));
  }

  pause() {
    if (!this.record) return;
    this.playing = false;
    this.said(false);
    this.show(true);
    this.remember();
  }

  said(playing) {
    this.part("play").setAttribute("aria-pressed", String(playing));
    this.part("play-words").textContent = playing ? this.says.pause : this.says.play;
    this.part("play").querySelector("use")?.setAttribute("href", `${document.body.dataset.sprite}#${playing ? "pause" : "arrow-right"}`);
  }

  frame(at) {
    if (!this.playing) return;
    const gap = at - this.last;
    this.t = Math.min(this.t + (gap / 1000) * this.speed, this.end);
    this.last = at;
    this.cost += gap > SLOW_MS ? gap : 0; // frames that came late: the map was being drawn
    if (this.show(false, at)) {
      this.drawEvery = Math.min(Math.max(MAP_MS, (1 + REST) * this.cost), LAZY_MS);
      this.cost = 0;
    }
    if (this.t >= this.end) { this.pause(); this.part("status").textContent = this.says.ended; return; }
    requestAnimationFrame((next) => this.frame(next));
  }

  step(seconds) { this.seek(this.t + seconds); }

  seek(t) {
    if (!this.record) return;
    this.t = Math.min(Math.max(t, 0), this.end);
    this.part("status").textContent = "";
    this.show(true);
    if (!this.playing) this.remember();
  }

  toTightest() {
    const at = this.record?.tightest();
    if (at !== null && at !== undefined) return this.seek(at);
    if (this.record) this.part("status").textContent = this.says.never_waited;
  }

  setSpeed(speed) {
    this.speed = speed;
    for (const button of this.root.querySelectorAll("[data-speed]")) button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === speed));
  }

  /** The address leads to this moment. */
  remember() {
    const address = new URL(location.href);
    address.searchParams.set("at", new Date(this.since + this.t * 1000).toISOString().replace(".000", ""));
    history.replaceState(history.state, "", address);
    const form = this.part("note");
    if (!form) return;
    form.elements.at.value = address.searchParams.get("at");
    form.elements.matter.value = this.selected ?? "";
    this.part("note-at").textContent = this.clock(this.t);
  }

  show(now, at = performance.now()) {
    const { record, t } = this;
    if (!record) return false;
    this.strip.move(t);
    this.part("clock").textContent = this.clock(t, true);
    const listed = now || at - this.listedAt >= (this.calm ? CALM_MS : LIST_MS);
    const drawn = now || at - this.drawnAt >= (this.calm || !this.map.map ? CALM_MS : this.drawEvery);
    if (!listed && !drawn) return false;
    const open = record.queueAt(t);
    const units = record.unitsAt(t);
    if (drawn) { this.drawnAt = at; this.draw(open, units); }
    if (listed) { this.listedAt = at; this.list(open, units); }
    return drawn;
  }

  draw(open, units) {
    const incidents = open.filter(({ incident }) => incident.at).map(({ incident, state, waited }) => ({
      id: incident.id, lat: incident.at[0], lon: incident.at[1], priority: incident.priority, words: incident.title,
      place: `${incident.town} ${this.says.states[state]}`, late: state === "waiting" && waited > 300 }));
    const placed = units.filter((one) => one.place).map((one) => ({
      id: one.unit.id, lat: one.place[0], lon: one.place[1], name: one.unit.name, status: SIGNS[one.state],
      status_words: this.says.states[one.back ? "back" : one.state] }));
    const drawn = JSON.stringify(incidents.map((one) => [one.id, one.late]));
    if (drawn !== this.incidentsDrawn) { this.incidentsDrawn = drawn; this.map.setIncidents?.(incidents); }
    this.map.setUnits?.(placed);
    const ways = units.filter((one) => one.way).map((one) => ({ type: "Feature", properties: { guess: one.guess }, geometry: { type: "LineString", coordinates: one.way.map(([lat, lon]) => [lon, lat]) } }));
    this.map.map?.getSource?.("trips")?.setData({ type: "FeatureCollection", features: ways });
  }

  list(open, units) {
    this.open = open;
    this.queue.show(open, this.selected);
    const number = (chosen) => units.filter(chosen).length;
    const tallies = { waiting: open.filter((one) => one.state === "waiting").length, working: open.filter((one) => one.state in SIGNS).length, free: number((one) => one.state === "free"), duty: units.length };
    for (const [name, value] of Object.entries(tallies)) document.querySelector(`[data-tally="${name}"]`).textContent = value;
    document.getElementById("replay-tallies").toggleAttribute("data-waiting", tallies.waiting > 0);
    const strip = this.part("strip");
    strip.setAttribute("aria-valuenow", Math.round(this.t));
    strip.setAttribute("aria-valuetext", filled(this.says.moment, { clock: this.clock(this.t), waiting: tallies.waiting, working: number((one) => one.incident) }));
    this.tell(this.strip.words(this.t));
  }

  tell({ t, ...numbers }) {
    this.part("here").textContent = `${this.clock(t)} ${filled(this.says.strip, { ...numbers, longest: shortSpan(numbers.longest) })}`;
  }

  pick(by) {
    if (!this.open?.length) return;
    const at = this.open.findIndex(({ incident }) => incident.id === this.selected);
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), this.open.length - 1);
    this.select(this.open[next].incident.id);
  }

  select(id) {
    const incident = this.record.byId.get(id);
    if (!incident) return;
    this.selected = id;
    this.map.select?.(id, { move: true });
    facts(this.part("facts"), incident, { says: this.says, clock: (t) => this.clock(t, true), names: this.names, url: this.root.dataset.incidentUrl, seek: (t) => this.seek(t) });
    this.queue.show(this.open, id);
    this.queue.rows.get(id)?.scrollIntoView({ block: "nearest" });
    this.remember();
  }
}

export function startReplay(root) {
  const player = new Player(root);
  player.start();
}
