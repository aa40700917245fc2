// The crew's phone. What a crew reports is kept on the phone first and then sent, in order, so
// that a lost line loses nothing; the page goes on as if it had arrived.
import { drain, newKey, store } from "../outbox.js";
import { Piece } from "../pieces.js";
import { toast } from "../toast.js";
import { startPosition } from "./position.js";

const AGAIN = 10_000;

class CrewPage {
  constructor(root) {
    this.root = root;
    this.told = root.dataset;
    this.line = document.getElementById("crew-wait");
    this.map = document.getElementById("crew-map");
    this.assignment = this.now().assignment ?? "";
    // Not under somebody's hands, and not while what they said waits to be sent.
    this.piece = new Piece("#crew", () => this.told.pieceUrl, () => this.isWriting() || this.waiting());
  }

  now() { return document.getElementById("crew").dataset; }

  say(sentence) {
    this.line.hidden = !sentence;
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
  }

  // --- sending -----------------------------------------------------------------------------------

  async submitted(event) {
    const form = event.target.closest("form[data-send]");
    if (!form || event.defaultPrevented) return;
    const kept = await this.keep(event, form);
    if (kept) { this.goOn(form.dataset.send); await this.flush(); }
  }

  /** Put it on the phone. The key begins with the time, so that reports are sent in their order. */
  async keep(event, form) {
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([, value]) => !(value instanceof File) || value.size);
    const item = { key: `${Date.now()}-${newKey()}`, name: "crew", url: form.action, page: location.href, fields };
    const kept = await store();
    if (!kept) { form.submit(); return false; } // no store in this browser: the ordinary way
    await kept.put("outbox", item);
    this.piece.outdate();
    return true;
  }

  /** What would stand here if the server had answered already. */
  goOn(what) {
    const has = (name) => document.querySelector(`#crew-do [data-send="${name}"]`);
    has(what)?.closest("form, details")?.setAttribute("hidden", "");
    if (what === "set_off") has("arrive")?.querySelector("button").setAttribute("data-kind", "primary");
    if (what === "arrive") { has("set_off")?.setAttribute("hidden", ""); document.querySelector("[data-clear]")?.removeAttribute("hidden"); }
    if (what === "clear") document.querySelector("[data-clear]")?.setAttribute("hidden", "");
    this.say(this.told.wordsSending);
  }

  async flush() {
    clearTimeout(this.timer);
    const results = [...(await drain()).values()];
    if (results.some((one) => one.later)) {
      this.say(this.told.wordsKept);
      this.timer = setTimeout(() => this.flush(), AGAIN);
      return;
    }
    this.say("");
    for (const { answer } of results.filter((one) => one.refused)) toast(await this.why(answer), "bad");
    if (results.length) this.piece.want(0);
  }

  async why(answer) {
    const told = await answer.json().catch(() => ({}));
    return told.detail ?? answer.statusText;
  }

  async waiting() {
    const kept = await store();
    return Boolean(kept && (await kept.getAll("outbox")).some((item) => item.name === "crew"));
  }

  // --- showing -----------------------------------------------------------------------------------

  /** The line is back: send what waits, and see what was missed. */
  async back() {
    await this.flush();
    if (this.piece.behind) this.piece.want();
  }

  isWriting() {
    return [...document.querySelectorAll(".crew-clear:not([hidden]) :is(textarea, input)")].some((field) => (field.type === "radio" ? field.checked : field.type !== "hidden" && field.value));
  }

  /** Another task: the map shows its place, and the phone says so. */
  swapped() {
    const { assignment = "", title, point = "" } = this.now();
    if (this.opened && assignment === this.assignment) document.querySelector(".crew-clear")?.setAttribute("open", "");
    if (point) this.map.point(point);
    this.map.hidden = !point;
    if (assignment === this.assignment) return;
    this.assignment = assignment;
    document.querySelector("[data-send=clear]")?.reset(); // what was written is another task's
    if (assignment) { toast(this.told.wordsNew.replace("%(title)s", title), "warn"); navigator.vibrate?.([200, 100, 200]); }
  }

  start() {
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("gz:live", ({ detail }) => { if (/^(dispatch|matters|live)\./.test(detail.kind) && detail.kind !== "dispatch.position_reported") this.piece.want(); });
    document.addEventListener("htmx:before:swap", () => { this.opened = document.querySelector(".crew-clear:not([hidden])")?.open; });
    document.addEventListener("htmx:after:swap", () => this.swapped());
    addEventListener("online", () => this.back());
    document.addEventListener("gz:live-state", ({ detail }) => { if (detail.state === "on") this.back(); });
    startPosition(this.root);
    this.flush();
  }
}

export function startCrew(root) {
  if (root) new CrewPage(root).start();
}
