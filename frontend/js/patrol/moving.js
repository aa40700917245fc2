// Stops are dragged from one unit's list to another's, or within it. Whoever drags nothing uses
// the buttons of the stop: the action is the same. The page stays where it is; what came of it is
// said, and read out.
import { toast } from "../toast.js";
import { focusOn, freshLists, sendChange } from "./told.js";

const LINE = "details.patrol-line";
const PLACES = `[data-stop], [data-unit-stops], ${LINE}`; // a unit's line takes it, too, open or not

export function startMoving(root) {
  if (!root) return;
  const form = root.querySelector("form[data-move]");
  let dragged = null;

  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-stop]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.stop);
    dragged.toggleAttribute("data-dragged", true);
  });
  root.addEventListener("dragend", () => { dragged?.removeAttribute("data-dragged"); clear(); dragged = null; });
  const clear = () => root.querySelectorAll("[data-over]").forEach((one) => one.removeAttribute("data-over"));
  root.addEventListener("dragover", (event) => {
    const at = dragged && event.target.closest(PLACES);
    if (!at || at === dragged || at.contains(dragged) && at.matches(LINE)) return;
    event.preventDefault();
    clear();
    at.toggleAttribute("data-over", true);
  });
  root.addEventListener("drop", (event) => {
    const at = dragged && event.target.closest(PLACES);
    const unit = at?.closest("[data-unit-stops]")?.dataset.unitStops ?? at?.dataset.unit;
    if (!unit || at === dragged || at.contains(dragged) && at.matches(LINE)) return;
    event.preventDefault();
    move({ stop: dragged.dataset.stop, unit, before: at.dataset.stop ?? "" });
  });

  async function move(fields) {
    const told = await sendChange(form, form.action, fields);
    if (told.ok) {
      await freshLists();
      focusOn(fields.stop);
      document.dispatchEvent(new CustomEvent("gz:plan-changed"));
    }
    toast(told.words, told.ok ? "good" : "bad");
  }
}
