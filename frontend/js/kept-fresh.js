// A piece of a staff page that is asked for again when the log moves:
//   <div id="linked" data-fresh-url="/linked/now/" data-fresh-on="linked">
// `data-fresh-on`: the apps whose events concern it; `data-fresh-every`: seconds, where no line is open.
// It isn't drawn under somebody's hands.
import { Piece } from "./pieces.js";

function inUse(root) {
  const typed = [...root.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => (/radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue));
  return typed || root.contains(document.activeElement) && document.activeElement.matches("input, textarea, select") || Boolean(root.querySelector("dialog[open], details[open]:not([data-fresh-keeps])"));
}

function keep(root) {
  const here = () => document.getElementById(root.id);
  const piece = new Piece(`#${root.id}`, () => here()?.dataset.freshUrl ?? "", () => Boolean(here() && inUse(here())));
  const apps = new Set((root.dataset.freshOn ?? "").split(" "));
  if (root.dataset.freshEvery) setInterval(() => document.hidden || piece.want(), root.dataset.freshEvery * 1000);
  document.addEventListener("gz:live", ({ detail }) => { if (apps.has(detail.kind?.split(".")[0])) piece.want(); });
  document.addEventListener("gz:live-state", ({ detail }) => { if (detail.state === "on" && piece.behind) piece.want(); });
  for (const done of ["focusout", "toggle"]) document.addEventListener(done, () => { if (piece.behind) piece.calmly(); }, true);
}

export function keepFresh() {
  for (const root of document.querySelectorAll("[data-fresh-url]")) keep(root);
}
