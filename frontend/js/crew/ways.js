// Which app shows the way: chosen once, kept on this phone.
const KEPT = "gz-crew-way";
const APPLE = /iPhone|iPad|Macintosh/.test(navigator.userAgent);

function kept() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

function keep(code) {
  try { localStorage.setItem(KEPT, code); } catch { /* private windows forget it */ }
}

/** Let the large button open the chosen app; also when the page around it was drawn anew. */
export function dressWays() {
  dressLinks();
  const box = document.querySelector("[data-ways]");
  if (!box) return;
  const chosen = box.querySelector(`[value="${CSS.escape(kept() ?? "geo")}"]`) ?? box.querySelector("input");
  chosen.checked = true;
  box.querySelector("[data-way]").href = (APPLE && chosen.dataset.apple) || chosen.dataset.url;
}

/** Links that know every app's address: data-way-amap=…, data-apple-amap=…. */
function dressLinks() {
  const code = kept() ?? "geo";
  for (const link of document.querySelectorAll("[data-way-of]")) {
    const url = (APPLE && link.getAttribute(`data-apple-${code}`)) || link.getAttribute(`data-way-${code}`);
    if (url) link.href = url;
  }
}

export function startWays(root) {
  root.addEventListener("change", (event) => {
    if (event.target.name !== "way") return;
    keep(event.target.value);
    dressWays();
    event.target.closest("details").open = false;
  });
  dressWays();
}
