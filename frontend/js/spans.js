// How long, how long ago, how long still: the same sentences as base/ui/spans.py.
import { words } from "./words.js";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const started = Date.now();
let ahead; // how far the server's clock is ahead of this machine's, in milliseconds

/** The server's time. A machine in a duty room may run minutes wrong; waiting times may not. */
export function now() {
  if (ahead === undefined) {
    const said = Date.parse(document.body.dataset.now ?? "");
    const { shell, kept: cached } = document.documentElement.dataset;
    const kept = shell !== "staff" || cached !== undefined; // it may come from a cache
    const off = kept || Number.isNaN(said) ? 0 : said - started;
    ahead = Math.abs(off) > 30_000 ? off : 0;
  }
  return Date.now() + ahead;
}

/** A better measure than the page's own: of a phone whose page was kept from earlier. */
export function setAhead(milliseconds) {
  ahead = milliseconds;
}

export function span(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const d = Math.floor(whole / DAY);
  const h = Math.floor((whole % DAY) / HOUR);
  const m = Math.floor((whole % HOUR) / MINUTE);
  const s = whole % MINUTE;
  return words(`span.${units(d, h, m, s)}`, { d, h, m, s });
}

function units(d, h, m, s) {
  if (d) return h && d < 3 ? "dh" : "d";
  if (h) return m ? "hm" : "h";
  if (m) return s ? "ms" : "m";
  return "s";
}

export function roughSpan(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  for (const [unit, size] of [["d", DAY], ["h", HOUR], ["m", MINUTE]]) {
    if (whole >= size) return words(`span.${unit}`, { [unit]: Math.floor(whole / size) });
  }
  return words("span.s", { s: whole });
}

export function shortSpan(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  if (whole >= 2 * DAY) return roughSpan(whole);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / MINUTE);
  const s = two(whole % MINUTE);
  const h = Math.floor(minutes / MINUTE);
  return h ? `${h}:${two(minutes % MINUTE)}:${s}` : `${minutes}:${s}`;
}

export function ago(at) {
  const seconds = (now() - at) / 1000;
  if (Math.abs(seconds) < MINUTE) return words("ago.now");
  return words(seconds > 0 ? "ago.past" : "ago.ahead", { span: roughSpan(seconds) });
}

export function until(due, style) {
  const seconds = (due - now()) / 1000;
  if (style === "short") return `${seconds < 0 ? "+" : ""}${shortSpan(seconds)}`;
  return words(seconds < 0 ? "due.late" : "due.left", { span: span(seconds) });
}

export function since(at, style) {
  const seconds = Math.max(0, (now() - at) / 1000);
  return style === "short" ? shortSpan(seconds) : span(seconds);
}
