// A change of the plan goes to the server without leaving the page: what it says comes back in words,
// and the lists say what is in the plan now. What is open stays open, what has the focus keeps it.
import { words } from "../words.js";

const JSON_ONLY = { Accept: "application/json" };
const SHOWN = [".patrol-state", "#plan-lines", "#plan-left-out"];

/** {ok, words}: what came of it, or why not. `form` holds the token. */
export async function sendChange(form, url, fields) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(url, { method: "POST", headers: { ...JSON_ONLY, "X-CSRFToken": token }, body: new URLSearchParams(fields) }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (!told) return { ok: false, words: words("patrol.no_line") };
  return { ok: answer.ok, words: answer.ok ? told.words : told.detail };
}

/** The lists as the server has them now, at the same place of the page. */
export async function freshLists() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = [...document.querySelectorAll("details.patrol-line[open]")].map(({ dataset }) => dataset.unit);
  const focused = document.activeElement?.closest("[data-stop]")?.dataset.stop;
  const { scrollX, scrollY } = window;
  for (const one of SHOWN) {
    const fresh = page.querySelector(one);
    if (fresh) document.querySelector(one)?.replaceWith(document.adoptNode(fresh));
  }
  for (const unit of open) document.querySelector(`details.patrol-line[data-unit="${unit}"]`)?.setAttribute("open", "");
  if (focused) focusOn(focused);
  scrollTo(scrollX, scrollY);
}

/** The link of this stop, wherever it stands now; the line of its unit where that is closed. */
export function focusOn(stop) {
  const link = document.querySelector(`[data-stop="${stop}"] a`);
  const closed = link?.closest("details:not([open])");
  (closed?.querySelector("summary") ?? link)?.focus({ preventScroll: true });
}
