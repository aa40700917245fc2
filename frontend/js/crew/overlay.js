// What the page shows of reports that have not arrived yet: as if they had.
import { valueOf } from "./box.js";

const has = (name) => document.querySelector(`#crew-do [data-send="${name}"]`);
const hide = (element) => element?.setAttribute("hidden", "");

const SHOWS = {
  set_off() {
    hide(has("set_off"));
    has("arrive")?.querySelector("button").setAttribute("data-kind", "primary");
  },
  arrive() {
    hide(has("set_off"));
    hide(has("arrive"));
    document.querySelector("[data-at-scene]")?.removeAttribute("hidden");
  },
  clear() {
    SHOWS.arrive();
    hide(document.querySelector("[data-at-scene]"));
    hide(document.querySelector("[data-check-in]"));
  },
  element(item) {
    const field = document.getElementById(`element-${valueOf(item, "element")}`);
    if (!field) return;
    field.value = valueOf(item, "words");
    field.closest("li").setAttribute("data-shown", "");
  },
  state(item) {
    for (const form of document.querySelectorAll("[data-finer] form")) {
      form.querySelector("button").setAttribute("aria-pressed", String(form.elements.status.value === valueOf(item, "status")));
    }
  },
  check_in(item) {
    const box = document.querySelector("[data-check-in]");
    if (box) restart(box, item.at);
  },
  patrol_there(item) { settle(item, "there"); },
  patrol_left(item) { settle(item, "left"); },
  patrol_skip(item) { settle(item, "skipped"); },
  emergency() {
    document.getElementById("crew-called")?.removeAttribute("hidden");
    document.querySelector(".crew-sos-button")?.setAttribute("data-called", "");
  },
};

/** A stop of the patrol that was told of stands as told; its buttons go, so that none is pressed twice. */
function settle(item, state) {
  const stop = [...document.querySelectorAll("[data-patrol-stop]")].find((one) => item.url.endsWith(`/${one.dataset.patrolStop}/tell/`));
  if (!stop) return;
  stop.dataset.told = state;
  for (const form of stop.querySelectorAll("form, details")) hide(form);
  stop.querySelector("[data-told-words]")?.removeAttribute("hidden");
}

/** The next answer is due so much later. */
function restart(box, from) {
  const seconds = Number(box.dataset.seconds);
  const due = new Date(Math.max(Date.parse(box.dataset.due), from + seconds * 1000));
  box.dataset.due = due.toISOString();
  box.dataset.soon = new Date(due - Math.min(120, seconds / 4) * 1000).toISOString();
  box.dataset.state = "running";
  box.querySelector("time").dateTime = due.toISOString();
}

/** Lay what waits over the page as the server drew it. */
export function layOver(items, assignment) {
  for (const item of items) {
    const about = valueOf(item, "assignment");
    if (!about || about === assignment) SHOWS[item.what]?.(item);
  }
}
