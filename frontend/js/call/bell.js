// The bell: what rings now, drawn anew as it happens; one key answers the one that has waited longest.
import { fresh } from "../fresh.js";
import { now, shortSpan } from "../spans.js";

const HEARD = ["call_rang", "ring_claimed", "ring_ended", "ring_taken", "ring_left", "ring_closed", "called_back"];
const AGAIN = 20_000; // a line that was lost without anyone noticing

export function startBell() {
  if (!document.getElementById("bell")) return;
  const ask = () => fresh("#bell", document.getElementById("bell").dataset.url).then(tick);
  for (const kind of HEARD) document.addEventListener(`gz:live:calls.${kind}`, ask);
  document.addEventListener("gz:live-state", ({ detail }) => detail.state === "on" && ask());
  setInterval(() => document.hidden || ask(), AGAIN);
  setInterval(tick, 1000);
  tick();
}

/** Answer the first one; false when nothing rings. */
export function answerFirst() {
  const claim = document.querySelector("#bell .bell-claim");
  claim?.click();
  return Boolean(claim);
}

function tick() {
  const bell = document.getElementById("bell");
  for (const one of bell.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, (now() - Date.parse(one.dataset.since)) / 1000);
    one.querySelector("[data-rung]").textContent = shortSpan(seconds);
    one.toggleAttribute("data-grave", seconds > Number(bell.dataset.graveAfter));
  }
}
