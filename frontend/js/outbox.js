// What waits to be sent, kept in IndexedDB. Runs in the page and in the service worker alike, so
// it touches no document. An item carries its idempotency key: sent twice, it counts once. The
// residents' forms and the crews' reports wait in the same box: what is urgent goes first, the rest
// in the order in which it was put there.
import { openDB } from "idb";

const LOCK = "gongzhi-outbox";
const CLOCK = "this phone's clock";

/** null where the browser keeps nothing (some private windows). */
export async function store() {
  try {
    return await openDB("gongzhi", 1, {
      upgrade(made) {
        made.createObjectStore("drafts", { keyPath: "name" });
        made.createObjectStore("outbox", { keyPath: "key" });
        made.createObjectStore("sent", { keyPath: "key" });
      },
    });
  } catch {
    return null;
  }
}

/** A name no other form has; also where pages are served without TLS. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const rank = (item) => [item.urgent ? 0 : 1, item.order ?? item.at ?? 0];

/** All that waits, in the order in which it goes out. */
export async function waiting(kept) {
  const items = await kept.getAll("outbox");
  return items.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]);
}

/** Put an item last. The clock may be set back meanwhile: the order doesn't follow it then. */
export async function put(kept, item) {
  const last = Math.max(0, ...(await kept.getAll("outbox")).map((one) => one.order ?? 0));
  await kept.put("outbox", { ...item, order: Math.max(Date.now(), last + 1) });
}

function formOf(item) {
  const form = new FormData();
  for (const [name, value] of item.fields) {
    if (value instanceof Blob) form.append(name, value, value.name ?? "photo.jpg");
    else form.append(name, value);
  }
  return form;
}

/**
 * Send one item. Returns {sent, location} | {refused, answer, words} | {later, seconds, signedOut} |
 * {held}. Refused is final (the writer must change something); later is the network's or server's
 * fault; held waits for the account that wrote it. An item `until` something is sent again until its
 * answer says so.
 */
export async function post(item, signal) {
  let answer;
  const began = Date.now();
  const headers = { "Idempotency-Key": item.key, "Phone-Now": String(began), Accept: "application/json, text/html;q=0.9" };
  try {
    answer = await fetch(item.url, { method: "POST", body: formOf(item), credentials: "same-origin", headers, signal });
  } catch {
    return { later: true };
  }
  if (answer.ok) return accepted(item, answer, began);
  if (answer.status === 401) return { later: true, signedOut: true };
  if (answer.status === 429 || answer.status >= 500) return { later: true, seconds: Number(answer.headers.get("Retry-After")) || 0 };
  const problem = await answer.clone().json().catch(() => ({}));
  if (problem.code === "another_account") return { held: true };
  if (answer.status === 403 && !item.renewed && (await renewToken(item))) return post(item, signal);
  return { refused: true, answer, words: problem.detail ?? "" };
}

async function accepted(item, answer, began) {
  if (!answer.headers.get("Content-Type")?.includes("json")) {
    // A report is answered by its receipt. Anything else is somebody's sign-in page or a hotel's.
    return item.receipt ? { later: true } : { sent: true, location: answer.redirected ? answer.url : null };
  }
  const told = await answer.json().catch(() => null);
  if (!told) return { later: true };
  if (item.receipt && !told.state) return { later: true };
  await measure(told.now, began);
  if (told.state === "refused") return { refused: true, answer, words: told.words };
  if (item.until && !told[item.until]) return { later: true, delivered: true };
  return { sent: true, location: told.location ?? null, words: told.words };
}

/** How far the server's clock is before this one's, as of the middle of a request. */
async function measure(now, began) {
  if (!Number.isFinite(now)) return;
  await noteClock(now - (began + Date.now()) / 2);
}

/** Remember how far the server's clock is before this one's (ms); it stands beside the drafts. */
export async function noteClock(ahead) {
  await (await store())?.put("drafts", { name: CLOCK, ahead });
}

/** How far the server's clock was before this one's when they last met (ms); null when never. */
export async function clockAhead() {
  return (await (await store())?.get("drafts", CLOCK))?.ahead ?? null;
}

/** The form may be days old: fetch its page once more for a fresh token. */
async function renewToken(item) {
  const page = await fetch(item.page, { credentials: "same-origin" }).then((answer) => answer.text()).catch(() => "");
  const token = page.match(/name="csrfmiddlewaretoken" value="([^"]+)"/)?.[1];
  if (!token) return false;
  item.renewed = true;
  item.fields = item.fields.map(([name, value]) => [name, name === "csrfmiddlewaretoken" ? token : value]);
  return true;
}

/** Only one page or worker sends at a time; what is urgent doesn't wait for a photo to be through. */
function alone(work, urgent) {
  return navigator.locks ? navigator.locks.request(urgent ? `${LOCK}-urgent` : LOCK, work) : work();
}

async function settle(kept, item, result) {
  if (result.later || result.held) return;
  await kept.delete("outbox", item.key);
  if (result.sent && item.name && !item.receipt) await kept.delete("drafts", item.name);
  // A report's sender may not be looking now: why it was refused waits for them.
  if (item.receipt ? result.words : result.sent) {
    await kept.put("sent", { key: item.key, name: item.name, location: result.location, words: result.words, refused: result.refused, what: item.what, label: item.label, who: item.who, at: Date.now() });
  }
}

/**
 * Send `key`, or everything that waits, or of that what is `urgent`. Returns the results by key.
 * What is put into the box meanwhile goes out, too.
 */
export function drain(key, { urgent = false, signal } = {}) {
  return alone(async () => {
    const kept = await store();
    const results = new Map();
    if (!kept) return results;
    for (;;) {
      const items = key ? [await kept.get("outbox", key)].filter(Boolean) : await waiting(kept);
      const item = items.find((one) => !results.has(one.key) && (!urgent || one.urgent));
      if (!item) return results;
      const result = await post(item, signal);
      await settle(kept, item, result);
      results.set(item.key, { ...result, item });
      if (result.later && !result.delivered) return results; // the line is down for the others too
    }
  }, urgent);
}
