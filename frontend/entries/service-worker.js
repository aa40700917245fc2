// Served at /sw.js with self.GONGZHI = {mark, shell, offline} put before it (base/ui/pages.py).
// Keeps the app shell and the pages that ask for it, answers without a line, and sends what waits.
import { startPushed } from "../js/pushed.js";
import { drain } from "../js/outbox.js";

const { mark, shell, offline } = self.GONGZHI;
const FILES = `files-${mark}`;
const PAGES = "pages";
let keeping = Promise.resolve(); // one after the other: an older page never comes over a newer one

async function install() {
  const files = await caches.open(FILES);
  await Promise.all([...shell, offline].map((url) => files.add(url).catch(() => {})));
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A page from the net; without a line the kept one, or the page that says so. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.redirected || answer.status === 403) await forget(new URL(request.url).pathname);
    return answer;
  } catch {
    const { pathname } = new URL(request.url);
    let kept = await caches.match(pathname, { ignoreVary: true });
    if (Number(kept?.headers.get("Kept-Until") || Infinity) < Date.now()) kept = await forget(pathname);
    return kept ?? (await caches.match(offline, { ignoreVary: true })) ?? Response.error();
  }
}

/** Built files carry a hash in their name: the kept one is the right one. */
async function builtFile(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? (await fresh(request));
}

async function fresh(request) {
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(FILES)).put(request, answer.clone());
  return answer;
}

/** Other files: the net's, else the kept one. */
async function otherFile(request) {
  try { return await fresh(request); } catch {
    return (await caches.match(request, { ignoreVary: true, ignoreSearch: true })) ?? Response.error();
  }
}

function onFetch(event) {
  const { request } = event;
  const at = new URL(request.url);
  // Whoever signs out leaves no page of theirs behind; the page itself may be gone before it can see to it.
  if (request.method === "POST" && at.pathname.endsWith("/sign-out/")) event.waitUntil(forget("/crew/"));
  if (request.method !== "GET" || at.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (at.pathname.includes("/static/built/")) event.respondWith(builtFile(request));
  else if (/\/static\/|\/layers\//.test(at.pathname)) event.respondWith(otherFile(request));
}

/** Let a kept page go: its reader may not see it any more. */
async function forget(path) {
  await (await caches.open(PAGES)).delete(path, { ignoreVary: true });
}

/** A page asks to be kept: fetched anew, so that it is the one this reader just saw. What is shown
 * from here later says so: its own times are old by then. */
async function keep({ keep: path, files = [], hours = 0 }) {
  const pages = await caches.open(PAGES);
  const answer = await fetch(path, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) {
    const text = (await answer.text()).replace("<html ", "<html data-kept ");
    const headers = new Headers(answer.headers);
    if (hours) headers.set("Kept-Until", String(Date.now() + hours * 3_600_000));
    await pages.put(path, new Response(text, { headers }));
  } else if (answer.redirected || answer.status === 403) await forget(path);
  const kept = await caches.open(FILES);
  await Promise.all(files.map(async (url) => (await kept.match(url)) || kept.add(url).catch(() => {})));
}

async function send() {
  await drain();
  for (const client of await self.clients.matchAll()) client.postMessage("sent");
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", onFetch);
self.addEventListener("message", (event) => {
  if (event.data?.keep) {
    keeping = keeping.then(() => keep(event.data)).catch(() => {});
    event.waitUntil(keeping);
  }
  if (event.data?.forget) event.waitUntil(forget(event.data.forget));
});
self.addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(send()));
startPushed();
