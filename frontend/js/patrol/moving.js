// Stops are dragged from one unit's list to another's, or within it. Whoever drags nothing uses
// the buttons of the stop: each drop fills in the same form.
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
    const at = dragged && event.target.closest("[data-stop], [data-unit-stops]");
    if (!at || at === dragged) return;
    event.preventDefault();
    clear();
    at.toggleAttribute("data-over", true);
  });
  root.addEventListener("drop", (event) => {
    const at = dragged && event.target.closest("[data-stop], [data-unit-stops]");
    const list = at?.closest("[data-unit-stops]");
    if (!list || at === dragged) return;
    event.preventDefault();
    form.elements.stop.value = dragged.dataset.stop;
    form.elements.unit.value = list.dataset.unitStops;
    form.elements.before.value = at === list ? "" : at.dataset.stop;
    form.requestSubmit();
  });
}
