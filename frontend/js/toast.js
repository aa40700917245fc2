// Short words at the edge of the screen. Bad news stays until it is closed.
import { icon, make } from "./elements.js";
import { words } from "./words.js";

const STAYS = 6000;
const ICONS = { good: "check-circle", note: "info", warn: "alert", bad: "alert" };

function area() {
  return document.getElementById("toasts");
}

/** Say `sentence`; `link` is {href, label} or nothing. Returns the toast. */
export function toast(sentence, tone = "note", link = null) {
  const close = make("button", { type: "button", class: "toast-close", "data-dismiss": true, "aria-label": words("toast.close") }, icon("close"));
  const said = make("p", {}, sentence, link ? " " : null, link ? make("a", { href: link.href, class: "toast-link" }, link.label) : null);
  const made = make("div", { class: "toast", "data-tone": tone, role: tone === "bad" ? "alert" : "status" }, icon(ICONS[tone]), said, close);
  area()?.append(made);
  return made;
}

function leaveLater(element) {
  if (element.dataset.tone === "bad" || element.dataset.leaving) return;
  element.dataset.leaving = "soon";
  let timer = setTimeout(() => element.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const go = () => { timer = setTimeout(() => element.remove(), STAYS / 2); };
  for (const event of ["mouseenter", "focusin"]) element.addEventListener(event, hold);
  for (const event of ["mouseleave", "focusout"]) element.addEventListener(event, go);
}

/** Care for toasts from wherever they come: this page, htmx, or the server's messages. */
export function startToasts() {
  const home = area();
  if (!home) return;
  const dress = () => home.querySelectorAll(".toast").forEach(leaveLater);
  new MutationObserver(dress).observe(home, { childList: true });
  dress();
  home.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
  });
}
