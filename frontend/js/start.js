// What every page does, the resident's and the staff's.
import "htmx.org";
import { startClocks } from "./clock.js";
import { startComboboxes } from "./combobox.js";
import { startDialogs } from "./dialog.js";
import { startKeys } from "./keys.js";
import { startPhotos } from "./photos.js";
import { startRefusals } from "./refused.js";
import { startToasts } from "./toast.js";

/** Dress what a new piece of page brought along. */
export function dress(root) {
  for (const step of root.querySelectorAll("[aria-current=step]")) centre(step);
  startComboboxes(root);
  startPhotos(root);
}

/** A long step bar begins where the matter is, not at its first step. */
function centre(step) {
  const box = step.closest(".steps-box");
  if (box) box.scrollLeft = step.offsetLeft + step.offsetWidth / 2 - box.clientWidth / 2;
}

export function start() {
  startToasts();
  startDialogs();
  startKeys();
  startClocks();
  startRefusals();
  dress(document);
  document.addEventListener("htmx:after:swap", () => dress(document));
  document.addEventListener("gz:fresh", (event) => dress(event.detail.root));
}
