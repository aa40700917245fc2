// The dispatch console: which incident is open, the keyboard, and what to ask for again when the log
// moves. Everything is drawn by the server; this file holds no state but the open incident's id.
import { fresh } from "../fresh.js";
import { onKeys } from "../keys.js";
import { answerFirst, startBell } from "../call/bell.js";
import { Announcer } from "./announce.js";
import { Piece } from "../pieces.js";
import { showProposed } from "../proposed.js";
import { startUnitFilter } from "./units.js";

const OWN = "matters.matter:";

class Console {
  constructor(root) {
    this.root = root;
    this.map = document.getElementById("map");
    this.open = document.getElementById("detail")?.dataset.incidentId ?? "";
    this.queue = new Piece("#queue", () => this.at(root.dataset.queueUrl));
    this.units = new Piece("#units", () => this.at(root.dataset.unitsUrl));
    this.cover = new Piece("#cover", () => root.dataset.coverUrl);
    this.detail = new Piece("#detail", () => this.freshDetail());
    this.announcer = new Announcer(root);
    this.reloadMap = { incidents: this.later("incidents"), units: this.later("units"), cover: this.later("cover") };
  }

  at(url) {
    const made = new URL(url, location.href);
    for (const [name, value] of [...made.searchParams]) if (!value) made.searchParams.delete(name);
    if (this.open) made.searchParams.set("incident", this.open);
    return made.pathname + made.search;
  }

  detailUrl(id = this.open) { return this.root.dataset.detailUrl.replace(/\/0\//, `/${id}/`); }

  /** Nothing while somebody is busy there; it is caught up as soon as they aren't. */
  freshDetail() {
    this.missed = this.isBusy();
    return this.open && !this.missed ? this.detailUrl() : "";
  }

  later(kind) {
    let timer = 0;
    return (wait = 250) => { clearTimeout(timer); timer = setTimeout(() => this.map?.reload?.(kind), wait); };
  }

  /** Somebody writes or decides in the detail: it isn't drawn anew under their hands. */
  isBusy() {
    const detail = document.getElementById("detail");
    if (detail?.querySelector("dialog[open], details[open]")) return true;
    const at = document.activeElement;
    return Boolean(detail?.contains(at) && at.matches("input, textarea, select") && at.value);
  }

  // --- opening ---------------------------------------------------------------------------------

  async show(id, { focus = false, move = true } = {}) {
    if (!id) return;
    this.open = String(id);
    this.mark();
    this.panel("detail");
    await fresh("#detail", this.detailUrl());
    document.querySelector(".detail-body")?.scrollTo(0, 0);
    this.units.want(0);
    this.map?.select?.(this.open, { move });
    history.replaceState(history.state, "", this.at(this.root.dataset.consoleUrl));
    if (focus) document.getElementById("detail-panel")?.focus();
  }

  /** Nothing is open because there was nothing: the first that comes opens by itself. */
  async first() {
    const link = this.open ? null : document.querySelector("#queue [data-incident]");
    if (!link) return;
    this.open = link.dataset.incident;
    this.mark();
    await fresh("#detail", this.detailUrl());
    this.units.want(0);
    this.map?.select?.(this.open);
  }

  mark() {
    for (const link of document.querySelectorAll("#queue [data-incident]")) {
      if (link.dataset.incident === this.open) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  panel(name) {
    this.root.dataset.panel = name;
    for (const tab of this.root.querySelectorAll("[data-panel-of]")) tab.setAttribute("aria-pressed", String(tab.dataset.panelOf === name));
  }

  back() {
    this.panel("queue");
    (document.querySelector("#queue [aria-current]") ?? document.querySelector("#queue [data-incident]"))?.focus();
  }

  step(by) {
    const links = [...document.querySelectorAll("#queue [data-incident]")];
    if (!links.length) return;
    const focused = links.indexOf(document.activeElement?.closest?.("[data-incident]"));
    // From elsewhere one comes to the open incident first, and goes on from there.
    const at = focused >= 0 ? focused + by : links.findIndex((link) => link.dataset.incident === this.open);
    const next = links[Math.min(Math.max(at, 0), links.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  // --- listening -------------------------------------------------------------------------------

  heard({ kind = "", subject = "", procedure }) {
    if (kind === "live.reload") return this.everything();
    if (kind === "dispatch.position_reported") { this.units.calmly(); this.cover.calmly(); this.reloadMap.units(2500); this.reloadMap.cover(5000); return; }
    if (procedure && procedure !== "incident") return;
    const app = kind.split(".")[0];
    if (app === "linked" && subject === OWN + this.open) this.detail.want();
    if (!["matters", "calls", "dispatch"].includes(app)) return;
    this.queue.want();
    this.reloadMap.incidents();
    if (app === "dispatch") { this.units.want(); this.cover.want(400); this.reloadMap.units(); this.reloadMap.cover(600); this.detail.want(); }
    if (subject === OWN + this.open) this.detail.want();
  }

  everything() {
    for (const piece of [this.queue, this.units, this.cover, this.detail]) piece.want();
    for (const reload of Object.values(this.reloadMap)) reload();
  }

  swapped(target) {
    if (target?.id === "queue" || document.getElementById("queue") === target) { this.mark(); this.announcer.look(); this.first(); }
    showProposed(document.getElementById("detail"), this.map);
    const shown = document.getElementById("detail")?.dataset.incidentId;
    if (shown && shown !== this.open) { this.open = shown; this.mark(); this.map?.select?.(shown); this.units.want(); }
  }

  start() {
    const { root } = this;
    this.panel(root.dataset.panel);
    document.addEventListener("gz:live", ({ detail }) => this.heard(detail));
    document.addEventListener("gz:live-state", ({ detail }) => { if (detail.state === "on" && this.wasLost) { this.wasLost = false; this.everything(); } else if (detail.state !== "on") this.wasLost = true; });
    document.addEventListener("htmx:after:swap", (event) => this.swapped(event.detail?.ctx?.target ?? event.target));
    document.addEventListener("htmx:before:swap", (event) => this.beforeSwap(event));
    document.addEventListener("click", (event) => this.clicked(event));
    for (const end of ["close", "toggle", "focusout"]) document.addEventListener(end, () => this.missed && this.detail.want(), true);
    document.addEventListener("gz:incident", ({ detail }) => this.show(detail.id, { move: false }));
    document.addEventListener("gz:unit", ({ detail }) => this.unit(detail.id));
    document.addEventListener("gz:map-ready", () => { this.map.select(this.open); showProposed(document.getElementById("detail"), this.map); });
    startBell();
    document.addEventListener("keydown", (event) => { if (event.key === "F1" && !document.querySelector("dialog[open]") && answerFirst()) event.preventDefault(); });
    this.keys(root.dataset);
  }

  keys(told) {
    const group = told.wordsGroup;
    for (const key of ["j", "ArrowDown"]) onKeys(key, told.wordsNext, () => this.step(1), group);
    for (const key of ["k", "ArrowUp"]) onKeys(key, told.wordsPrevious, () => this.step(-1), group);
    onKeys("a", told.wordsAssign, () => document.querySelector("[data-first-unit]")?.click(), group);
    onKeys("u", told.wordsUnits, () => { this.panel("units"); document.getElementById("units")?.focus(); }, group);
    onKeys("Escape", told.wordsBack, () => this.back(), group);
  }

  clicked(event) {
    const tab = event.target.closest("[data-panel-of]");
    if (tab) return this.panel(tab.dataset.panelOf);
    if (event.target.closest("[data-back]")) return this.back();
    const unit = event.target.closest("[data-show-unit]");
    if (unit) return this.unit(unit.dataset.showUnit);
    const link = event.target.closest("a[data-incident]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.show(link.dataset.incident, { focus: event.detail === 0 });
  }

  /** After a deed its dialog goes; a look that was asked for meanwhile must not close one. */
  beforeSwap(event) {
    const { ctx } = event.detail ?? {};
    const target = typeof ctx?.target === "string" ? document.querySelector(ctx.target) : ctx?.target;
    if (target?.id !== "detail") return;
    if (ctx.request.method === "POST") {
      this.queue.want(400);
      for (const box of target.querySelectorAll("dialog[open]")) box.close();
    } else if (this.isBusy() && ctx.text?.includes(`data-incident-id="${target.dataset.incidentId}"`)) {
      event.preventDefault();
      this.missed = true;
    }
  }

  /** Show a unit on the map, and its row in the table. */
  unit(id) {
    const row = document.getElementById(`unit-${id}`);
    for (const other of document.querySelectorAll("#units [data-current]")) delete other.dataset.current;
    if (row) { row.dataset.current = ""; row.scrollIntoView({ block: "nearest" }); }
    const place = this.map?.content?.units?.find((one) => String(one.id) === String(id));
    if (place) this.map.pointAt(place);
  }
}

export function startConsole(root) {
  if (!root) return;
  new Console(root).start();
  startUnitFilter(root);
}
