// The service worker, and the pages it shall keep for when there is no line.

const KEPT_FOR_ONE = "/crew/"; // it is of the one who is signed in, and on duty

/** Ask the worker to keep this page as it is now, for when there is no line; or to let it go. */
export async function tellWorker(message) {
  if (!("serviceWorker" in navigator)) return;
  const made = await navigator.serviceWorker.getRegistration();
  const worker = made?.active ?? navigator.serviceWorker.controller;
  worker?.postMessage(message.keep ? { ...message, files: loadedFiles() } : message);
}

/** Whoever signs out leaves no page behind on this machine. */
export function startForgetting() {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.action?.includes("sign-out")) return;
    if ("caches" in window) caches.open("pages").then((pages) => pages.delete(KEPT_FOR_ONE, { ignoreVary: true }));
  });
}

/** Register it where the browser can (TLS or localhost); keep this page when it asks to be kept. */
export async function startWorker() {
  const at = document.body.dataset.worker;
  if (!at || !("serviceWorker" in navigator)) return;
  try {
    const made = await navigator.serviceWorker.register(at, { scope: "/" });
    await navigator.serviceWorker.ready;
    const worker = made.active ?? navigator.serviceWorker.controller;
    if ("keepOffline" in document.body.dataset || document.querySelector("[data-keep-offline]")) {
      worker?.postMessage({ keep: location.pathname, files: loadedFiles() });
    }
  } catch {
    // Without it everything works but being offline.
  }
}

/** A page that tells of a danger says when there is no line, and that it may be old. The browser
    knows of its own cable alone; whether anybody answers is asked of the worker's file, by a HEAD that
    no kept copy answers. */
export function tellOffline() {
  const marks = document.querySelectorAll("[data-offline]"), at = document.body.dataset.worker;
  if (!marks.length) return;
  const show = (gone) => marks.forEach((one) => { one.hidden = !gone; });
  const ask = () => (navigator.onLine && at ? fetch(at, { method: "HEAD", cache: "no-store" }) : Promise.reject())
    .then(() => show(false), () => show(true));
  for (const happened of ["online", "offline"]) addEventListener(happened, ask);
  ask();
}

/** Our own files that this page loaded, map layers among them. */
function loadedFiles() {
  return performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => name.startsWith(location.origin) && /\/static\/|\/layers\//.test(name));
}
