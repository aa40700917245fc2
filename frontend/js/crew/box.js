// The crew's side of the outbox: what was told, by whom, when, and what became of it.
import { clockAhead, drain, newKey, noteClock, post, put, store, waiting } from "../outbox.js";

const NAME = "crew";

/** The server's time as a page that has just come says it. */
export async function noteServerTime(text) {
  const said = Date.parse(text ?? "");
  if (!Number.isNaN(said)) await noteClock(said + 500 - Date.now()); // it says whole seconds
}

/** Put a report into the box. Returns its item, or null where the browser keeps nothing. */
export async function keepReport(root, what, fields, more = {}) {
  const kept = await store();
  if (!kept) return null;
  const { who, reportUrl, token } = root.dataset;
  const ahead = await clockAhead();
  const key = newKey();
  const told = [["csrfmiddlewaretoken", token], ["key", key], ["what", what], ["who", who], ["at", String(Date.now())]];
  if (ahead !== null) told.push(["ahead", String(Math.round(ahead))]);
  const own = new Set([...told.map(([name]) => name), "unit"]);
  const unit = document.getElementById("crew")?.dataset.unit;
  if (unit) told.push(["unit", unit]);
  const item = { key, name: NAME, what, who, receipt: true, url: reportUrl, page: location.pathname, fields: [...told, ...fields.filter(([name]) => !own.has(name))], at: Date.now(), ...more };
  try { await put(kept, item); } catch { return sentAtOnce(item, root.dataset.wordsFull); }
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => null);
  worker?.sync?.register("outbox").catch(() => {}); // a browser that has it sends with the page closed
  return item;
}

/** The phone has no room left: then only the line itself helps. Throws the sentence when it doesn't. */
async function sentAtOnce(item, sentence) {
  const result = await post(item);
  if (!result.sent) throw new Error(result.words || sentence);
  return item;
}

/** What this account told and what has not gone out yet, in order. */
export async function unsent(who) {
  const kept = await store();
  const items = kept ? (await waiting(kept)).filter((item) => item.name === NAME) : [];
  return { own: items.filter((item) => item.who === who), others: items.filter((item) => item.who !== who).length };
}

/** What of this account's reports could not be done, or only in part, since the last look. */
export async function refusals(who) {
  const kept = await store();
  return kept ? (await kept.getAll("sent")).filter((one) => one.what && one.who === who) : [];
}

export async function dismiss(key) {
  await (await store())?.delete("sent", key);
}

export function valueOf(item, name) {
  return item.fields.find(([field]) => field === name)?.[1] ?? "";
}

export { clockAhead, drain };
