// Times that go on counting: <time data-clock="ago|since|until">, and clock chips that become late.
import { icon } from "./elements.js";
import { ago, now, since, until } from "./spans.js";

const WEEK = 7 * 86_400_000;
const SAYS = {
  ago: (at) => (Math.abs(now() - at) < WEEK ? ago(at) : null), // older ones keep their date
  since: (at, style) => since(at, style),
  until: (at, style) => until(at, style),
};

function tickTime(element) {
  const at = Date.parse(element.dateTime);
  const said = SAYS[element.dataset.clock]?.(at, element.dataset.style);
  if (said && element.textContent !== said) element.textContent = said;
}

const ICONS = { running: "clock", soon: "hourglass", late: "late" };

function tickChip(chip) {
  if (!(chip.dataset.state in ICONS)) return; // met, missed and paused clocks stand still
  const left = Date.parse(chip.dataset.due) - now();
  const soon = Date.parse(chip.dataset.soon) <= now();
  const state = left < 0 ? "late" : soon ? "soon" : "running";
  if (chip.dataset.state === state) return;
  chip.dataset.state = state;
  chip.querySelector(".icon")?.replaceWith(icon(ICONS[state]));
  chip.dispatchEvent(new CustomEvent("gz:clock", { bubbles: true, detail: { state } }));
}

function tick() {
  if (document.hidden) return;
  document.querySelectorAll("time[data-clock]").forEach(tickTime);
  document.querySelectorAll("[data-due]").forEach(tickChip);
  document.querySelectorAll("[data-wall-clock]").forEach(tickWall);
}

function tickWall(element) {
  // The county's time, as every other time on the page, wherever this machine thinks it is.
  const timeZone = element.dataset.wallClock || undefined;
  const said = new Date(now()).toLocaleTimeString("zh-CN", { hour12: false, timeZone });
  if (element.textContent !== said) element.textContent = said;
}

/** Start ticking, once a page. */
export function startClocks() {
  tick();
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
}
