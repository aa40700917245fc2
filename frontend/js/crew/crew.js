// The crew's phone. What a crew reports is kept on the phone first and then sent, in order, so
// that a lost line loses nothing; the page goes on as if it had arrived.
import { icon, make } from "../elements.js";
import { startWorker, tellWorker } from "../pages.js";
import { Piece } from "../pieces.js";
import { setAhead } from "../spans.js";
import { toast } from "../toast.js";
import { words } from "../words.js";
import { clockAhead, dismiss, drain, keepReport, noteServerTime, refusals, unsent } from "./box.js";
import { startCamera } from "./camera.js";
import { startChecking } from "./checking.js";
import { layOver } from "./overlay.js";
import { startPosition } from "./position.js";
import { Sos } from "./sos.js";
import { forgetTyped, isTyped, restoreTyped, startTyped } from "./typed.js";
import { dressWays, startWays } from "./ways.js";

const AGAIN = 10_000;
const KEEP_AFTER = 1500;
const HOURS = 14; // longer than any shift: what is older is nobody's to see

/** A form of another room's piece names its own address, and what its report is called. */
function sentTo({ dataset: { sendUrl, sendWords } }) {
  return sendUrl ? { url: sendUrl, label: sendWords } : {};
}

class CrewPage {
  constructor(root) {
    this.root = root;
    this.told = root.dataset;
    this.line = document.getElementById("crew-wait");
    this.map = document.getElementById("crew-map");
    this.assignment = this.now().assignment ?? "";
    this.waits = 0;
    this.keeping = null;
    this.sos = new Sos(root, this);
    // Not under somebody's hands. What they said and what has not arrived is laid over it.
    this.piece = new Piece("#crew", () => this.told.pieceUrl, () => isTyped() || this.sos.holding);
  }

  now() { return document.getElementById("crew").dataset; }

  say(sentence, tone = "warn") {
    this.line.hidden = !sentence;
    this.line.dataset.tone = tone;
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
  }

  // --- telling -----------------------------------------------------------------------------------

  async submitted(event) {
    const form = event.target;
    if (form.matches("[data-leaves]") && this.waits) return this.stay(event);
    if (form.action?.includes("sign-out") && this.waits && !confirm(this.with("wordsLeaving", this.waits))) return this.halt(event);
    if (!form.matches("form[data-send]") || event.defaultPrevented) return;
    event.preventDefault();
    if (form.matches("[data-sos], .crew-photo")) return; // held, not clicked; and sent as each is taken
    const fields = [...new FormData(form)].filter(([, value]) => !(value instanceof File));
    try {
      if (await this.tell(form.dataset.send, fields, sentTo(form))) await forgetTyped(form, this.assignment);
      else form.submit(); // no store in this browser: the ordinary way
    } catch (error) {
      toast(error.message, "bad");
    }
  }

  halt(event) { event.preventDefault(); event.stopImmediatePropagation(); }

  stay(event) {
    this.halt(event);
    toast(this.with("wordsNotOff", this.waits), "warn");
  }

  with(name, n) { return this.told[name].replace("%(n)s", n); }

  /** Put it on the phone, show it as done, and try to send it. */
  async tell(what, fields, more = {}) {
    const item = await keepReport(this.root, what, fields, more);
    if (!item) return null;
    this.piece.outdate();
    await this.show();
    this.flush();
    return item;
  }

  /** An emergency goes first: what is being sent now is sent again after it. */
  interrupt() {
    this.sending?.abort();
    setTimeout(() => this.flush(), AGAIN / 2);
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.flushing) { this.flushAgain = true; return; }
    this.flushing = true;
    this.sending = new AbortController();
    const results = [...(await drain(null, { signal: this.sending.signal })).values()];
    this.flushing = false;
    if (results.some((one) => one.sent || one.refused)) { this.piece.outdate(); this.piece.want(0); }
    await this.show(results);
    if (this.flushAgain) { this.flushAgain = false; return this.flush(); }
    if (this.waits) this.timer = setTimeout(() => this.flush(), Math.max(AGAIN, ...results.map((one) => 1000 * (one.seconds || 0))));
  }

  // --- showing -----------------------------------------------------------------------------------

  /** What waits, laid over the page and counted; what was refused, in words. */
  async show(results = null) {
    const { own, others } = await unsent(this.told.who);
    this.waits = own.length;
    layOver(own, this.now().assignment ?? "");
    this.say(this.sentence(own.filter((item) => !item.urgent).length, others, results), this.waits && !results ? "note" : "warn");
    await this.showRefused();
  }

  sentence(n, others, results) {
    if (results?.some((one) => one.signedOut)) return this.with("wordsSignedOut", n);
    if (n && (results || navigator.onLine === false)) return this.with("wordsKept", n);
    if (n) return this.with("wordsSending", n);
    if (others) return this.with("wordsAnother", others);
    const stale = "kept" in document.documentElement.dataset && !this.heard;
    return stale ? this.told.wordsStale.replace("%(time)s", new Date(this.now().drawn).toLocaleTimeString("zh-CN", { hour12: false, hour: "2-digit", minute: "2-digit" })) : "";
  }

  async showRefused() {
    const list = document.getElementById("crew-refused");
    const rows = (await refusals(this.told.who)).map((one) => {
      const what = this.told[`words${one.what.replace(/(^|_)(\w)/g, (_all, _dash, letter) => letter.toUpperCase())}`] ?? one.label ?? one.what;
      const said = one.refused ? this.told.wordsRefused.replace("%(what)s", what).replace("%(why)s", one.words) : one.words;
      const close = make("button", { type: "button", class: "button", "data-kind": "quiet", "aria-label": words("toast.close") }, icon("close"));
      close.addEventListener("click", async () => { await dismiss(one.key); this.showRefused(); });
      return make("li", {}, icon("alert"), make("span", {}, said), close);
    });
    list.hidden = !rows.length;
    list.replaceChildren(...rows);
  }

  /** The line is back: send what waits, and see what was missed. */
  async back() {
    this.heard = true;
    this.sos.repeat();
    await this.flush();
    if (this.piece.behind) this.piece.want();
  }

  /** Drawn anew: what was laid over it, chosen and typed is put back. */
  async swapped() {
    const { assignment = "", title, point = "", unit, drawn } = this.now();
    this.heard = true;
    noteServerTime(drawn);
    if (this.opened && assignment === this.assignment) document.querySelector(".crew-clear")?.setAttribute("open", "");
    if (point) this.map.point(point);
    this.map.hidden = !point;
    dressWays();
    const other = assignment !== this.assignment;
    this.remember(unit, other ? 0 : KEEP_AFTER); // a new task at once: the line may go on the way to it
    this.assignment = assignment;
    if (other && assignment) { toast(this.told.wordsNew.replace("%(title)s", title), "warn"); navigator.vibrate?.([200, 100, 200]); }
    await restoreTyped(assignment);
    await this.show();
  }

  /** On duty the page is kept on this phone for when there is no line; off duty it is let go. What
   * is drawn while a keeping is due waits for it: put off each time, a busy county would never keep. */
  remember(unit, wait = KEEP_AFTER) {
    if (!unit || !wait) {
      clearTimeout(this.keeping);
      this.keeping = null;
    }
    if (!unit) return tellWorker({ forget: location.pathname });
    this.keeping ??= setTimeout(() => {
      this.keeping = null;
      tellWorker({ keep: location.pathname, hours: HOURS });
    }, wait);
  }

  heardOf({ kind }) {
    if (/^(dispatch|matters|live|crews|command|plans)\./.test(kind) && kind !== "dispatch.position_reported") this.piece.want();
  }

  async start() {
    document.addEventListener("submit", (event) => this.submitted(event), true);
    document.addEventListener("gz:live", ({ detail }) => this.heardOf(detail));
    document.addEventListener("htmx:before:swap", () => { this.opened = document.querySelector("[data-at-scene]:not([hidden]) .crew-clear")?.open; });
    document.addEventListener("htmx:after:swap", () => this.swapped());
    addEventListener("online", () => this.back());
    document.addEventListener("gz:live-state", ({ detail }) => { if (detail.state === "on") this.back(); });
    navigator.serviceWorker?.addEventListener("message", (event) => event.data === "sent" && this.flush());
    startPosition(this.root);
    startCamera(this.root, (what, fields) => this.tell(what, fields));
    startChecking(this.root);
    startWays(this.root);
    startTyped(this.root, () => this.assignment);
    const ahead = await clockAhead();
    if (ahead !== null && "kept" in document.documentElement.dataset) setAhead(ahead);
    await restoreTyped(this.assignment);
    await this.show();
    this.sos.repeat();
    this.flush();
    await startWorker();
    this.remember(this.now().unit);
    if ("kept" in document.documentElement.dataset) this.piece.want(0); // is there a line after all?
  }
}

export function startCrew(root) {
  if (root) new CrewPage(root).start();
}
