// What waits for this reader somewhere: a count beside its place on the rail, and a word at the edge
// of the screen when it grows. Asked for at once, when the line tells of something, and now and then.
import { make } from "./elements.js";
import { toast } from "./toast.js";
import { words } from "./words.js";

const SOON = 400;
const LOOK = 30_000; // on pages without a line, and for what time alone brings about
const TELL = /^(warnings|alerts|linked)\.|^live\.reload$/;
const KEPT = "gz-waiting";

class Waiting {
  constructor(rail) {
    this.rail = rail;
    this.timer = 0;
    document.addEventListener("gz:live", ({ detail }) => TELL.test(detail.kind ?? "") && this.want());
    document.addEventListener("gz:live-state", ({ detail }) => detail.state === "on" && this.want());
    document.addEventListener("visibilitychange", () => document.hidden || this.want());
    setInterval(() => document.hidden || this.want(), LOOK);
    this.want(0);
  }

  want(wait = SOON) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    let told;
    try {
      const answer = await fetch(this.rail.dataset.waitingUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      told = (await answer.json()).waiting;
    } catch { return; } // the line is down: the counts stay as they are
    this.count(told);
    this.tell(told);
  }

  count(told) {
    const at = (links) => [...links].map((link) => link.getAttribute("href"));
    for (const link of this.rail.querySelectorAll("a.rail-link")) this.mark(link, told, [link.getAttribute("href")]);
    for (const fold of this.rail.querySelectorAll(".rail-fold")) this.mark(fold.firstElementChild, told, at(fold.querySelectorAll("a")));
    const all = this.rail.querySelector(".rail-all summary");
    if (all) this.mark(all, told, at(this.rail.querySelectorAll("li:not([data-first]) a")));
  }

  mark(link, told, places) {
    const here = told.filter((one) => places.includes(one.at));
    const many = here.reduce((sum, one) => sum + one.many, 0);
    link.querySelector(".rail-count")?.remove();
    link.title = here.map((one) => one.words).join("\n");
    if (many) link.append(make("b", { class: "rail-count", "aria-label": link.title }, many > 99 ? "99+" : String(many)));
  }

  tell(told) {
    const before = kept();
    for (const one of told) {
      if (one.many > (before[one.key] ?? 0) && !this.drawn(one)) toast(one.words, "warn", { href: one.url, label: words("waiting.look") });
    }
    this.told = true;
    keep(Object.fromEntries(told.map((one) => [one.key, one.many])));
  }

  /** Whether this very page shows it: it has just been loaded, or keeps itself fresh. */
  drawn(one) {
    return one.url === location.pathname && (!this.told || Boolean(document.querySelector("[data-fresh-url]")));
  }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"); } catch { return {}; }
}

function keep(counts) {
  try { sessionStorage.setItem(KEPT, JSON.stringify(counts)); } catch { /* a private window tells twice */ }
}

export function startWaiting(rail) {
  if (rail) new Waiting(rail);
}
