// Where the caller is, by a link that they open: asked for with one key, shown on the map as a proposal,
// and put into the form only when the call-taker takes it.
import htmx from "htmx.org";
import { fresh } from "../fresh.js";
import { showProposed } from "../proposed.js";

const HEARD = ["here_sent", "here_ended"];
const AGAIN = 10_000; // a line that was lost without anyone noticing

export class CallersPlace {
  constructor(form, place) {
    this.form = form;
    this.place = place;
    form.addEventListener("gz:restored", () => this.look(), { once: true });
    form.addEventListener("click", ({ target }) => target.closest("[data-here-take]") && this.choose());
    this.show();
  }

  piece() { return this.form.querySelector("#here"); }

  /** Whether a link is out and nothing has come yet. */
  get waits() { return Boolean(this.piece()?.querySelector(".here-text")); }

  ask() { this.piece()?.querySelector("[data-here-ask]")?.click(); }

  show() {
    showProposed(this.piece(), this.place.map);
    if (!this.chosen || this.piece()?.querySelector("[data-here]")) return;
    this.place.told(this.chosen);
    this.chosen = null;
  }

  /** A draft that came back may have its link from before. */
  look() {
    const ask = this.piece()?.querySelector("[data-here-ask]");
    const values = { look: "1", idempotency_key: this.form.elements.idempotency_key.value };
    if (ask) htmx.ajax("POST", ask.getAttribute("hx-post"), { source: ask, target: "#here", swap: "outerMorph", values });
  }

  again() {
    const url = this.piece()?.dataset.url;
    this.chosen = null;
    if (url) fresh("#here", url);
  }

  /** It goes into the form once the server has agreed: another position may have come meanwhile. */
  choose() {
    const { lat, lon, accuracy } = this.piece().querySelector("[data-here]").dataset;
    this.chosen = { lat: Number(lat), lon: Number(lon), accuracy: Number(accuracy) };
  }
}

/** Once a page: `current` is what belongs to the form that shows. */
export function listenForPlaces(current) {
  for (const kind of HEARD) document.addEventListener(`gz:live:calls.${kind}`, () => current().again());
  document.addEventListener("gz:live-state", ({ detail }) => detail.state === "on" && current().again());
  setInterval(() => document.hidden || current().waits && current().again(), AGAIN);
  document.addEventListener("htmx:after:swap", () => current().show());
}
