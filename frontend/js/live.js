// The live line: one stream of events a page, resumed where it broke off.
//
// The server sends unnamed events whose data is JSON {kind, …} with an id, and a named event
// "beat" at least every 20 seconds. We connect to `<url>?after=<last id>` (and the browser sends
// Last-Event-ID when it reconnects by itself). Pages listen on document:
//   gz:live         every event; detail is the parsed data plus {id}
//   gz:live:<kind>  the same, by kind, e.g. gz:live:dispatch.unit_assigned
//   gz:live:live.reload  too much was missed: the page is loaded anew, unless a listener prevents it
//   gz:live-state   detail {state}: connecting, on, again, offline
import { icon } from "./elements.js";
import { words } from "./words.js";

const SILENCE = 45_000; // two beats missed and a little
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const ICONS = { connecting: "online", on: "pulse", again: "refresh", offline: "offline" };

function say(state, seconds) {
  for (const place of document.querySelectorAll("[data-live]")) {
    const sentence = state === "again" && seconds > 1 ? words("live.again_in", { s: seconds }) : words(`live.${state}`);
    if (place.dataset.state !== state) place.replaceChildren(icon(ICONS[state]), sentence);
    else place.lastChild.textContent = sentence;
    place.dataset.state = state;
  }
}

/** A stream that keeps itself connected. `after` is the last event id the page already shows. */
export class Live {
  constructor(url, after = "") {
    this.url = url;
    this.last = after;
    this.wait = FIRST_WAIT;
    this.state = "";
  }

  start() {
    addEventListener("online", () => this.connect());
    addEventListener("offline", () => this.drop("offline"));
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.state !== "on") this.connect();
    });
    this.connect();
    return this;
  }

  connect() {
    this.close();
    if (navigator.onLine === false) return this.turn("offline");
    this.turn(this.state === "" ? "connecting" : "again");
    const at = new URL(this.url, location.href);
    if (this.last) at.searchParams.set("after", this.last);
    this.source = new EventSource(at);
    this.source.addEventListener("open", () => this.alive());
    this.source.addEventListener("beat", () => this.alive());
    this.source.addEventListener("message", (event) => this.receive(event));
    this.source.addEventListener("error", () => this.drop("again"));
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    clearInterval(this.counting);
    this.source?.close();
    this.source = null;
  }

  /** Something was heard: the line is good, until it has been silent for too long. */
  alive() {
    this.wait = FIRST_WAIT;
    this.turn("on");
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.drop("again"), SILENCE);
  }

  receive(event) {
    this.alive();
    if (event.lastEventId) this.last = event.lastEventId;
    let detail;
    try { detail = { ...JSON.parse(event.data), id: event.lastEventId }; } catch { return; }
    document.dispatchEvent(new CustomEvent("gz:live", { detail }));
    if (!detail.kind) return;
    const heard = new CustomEvent(`gz:live:${detail.kind}`, { detail, cancelable: true });
    if (document.dispatchEvent(heard) && detail.kind === "live.reload") reloadSoon();
  }

  /** The line is gone: try again, each time later, never all pages at the same moment. */
  drop(state) {
    this.close();
    this.turn(state);
    if (state === "offline") return;
    const wait = this.wait * (0.75 + Math.random() / 2);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    let left = Math.round(wait / 1000);
    say(state, left);
    this.counting = setInterval(() => say(this.state, (left -= 1)), 1000);
    this.timer = setTimeout(() => this.connect(), wait);
  }

  turn(state) {
    say(state);
    if (this.state === state) return;
    this.state = state;
    document.dispatchEvent(new CustomEvent("gz:live-state", { detail: { state } }));
  }
}

/** The page missed too much. Not all pages at one moment, and none with something half typed in it. */
function reloadSoon() {
  const typed = [...document.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value !== field.defaultValue);
  if (!typed) setTimeout(() => location.reload(), Math.random() * 3000);
}

/** Connect when the page names a stream: <body data-live-url data-live-after>. */
export function startLive() {
  const { liveUrl, liveAfter } = document.body.dataset;
  return liveUrl ? new Live(liveUrl, liveAfter).start() : null;
}
