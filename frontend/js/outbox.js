// What waits to be sent, kept in IndexedDB. Runs in the page and in the service worker alike, so
// it touches no document. An item carries its idempotency key: sent twice, it counts once.
import { openDB } from "idb";

const LOCK = "gongzhi-outbox";

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

function formOf(item) {
  const form = new FormData();
  for (const [name, value] of item.fields) {
    if (value instanceof Blob) form.append(name, value, value.name ?? "photo.jpg");
    else form.append(name, value);
  }
  return form;
}

/**
 * Send one item. Returns {sent, location} | {refused, answer} | {later, seconds}.
 * Refused is final (the writer must change something); later is the network's or server's fault.
 */
export async function post(item) {
  let answer;
  try {
    answer = await fetch(item.url, {
      method: "POST",
      body: formOf(item),
      credentials: "same-origin",
      headers: { "Idempotency-Key": item.key, Accept: "application/json, text/html;q=0.9" },
    });
  } catch {
    return { later: true };
  }
  if (answer.ok) return { sent: true, location: await locationOf(answer) };
  if (answer.status === 429 || answer.status >= 500) return { later: true, seconds: Number(answer.headers.get("Retry-After")) || 0 };
  if (answer.status === 403 && !item.renewed && (await renewToken(item))) return post(item);
  return { refused: true, answer };
}

async function locationOf(answer) {
  if (answer.headers.get("Content-Type")?.includes("json")) return (await answer.json()).location ?? null;
  return answer.redirected ? answer.url : null;
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

/** Only one page or worker sends at a time. */
function alone(work) {
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

async function settle(kept, item, result) {
  if (result.later) return;
  await kept.delete("outbox", item.key);
  if (result.sent) {
    await kept.delete("drafts", item.name);
    await kept.put("sent", { key: item.key, location: result.location, at: Date.now() });
  }
}

/** Send `key`, or everything that waits. Returns the results by key. */
export function drain(key) {
  return alone(async () => {
    const kept = await store();
    const results = new Map();
    if (!kept) return results;
    const items = key ? [await kept.get("outbox", key)].filter(Boolean) : await kept.getAll("outbox");
    for (const item of items) {
      const result = await post(item);
      await settle(kept, item, result);
      results.set(item.key, { ...result, item });
      if (result.later) break; // the line is down for the others too
    }
    return results;
  });
}
