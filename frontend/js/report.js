// The report form: kinds to choose from, a place by address, position or pin, and neighbours who
// have reported the same. Without this script the form works all the same.
import { showFieldErrors } from "./refused.js";
import { words } from "./words.js";

const PAUSE = 300;

/** Choosing the kind: search, then show the chosen one alone with its questions. */
class Kinds {
  constructor(box) {
    this.box = box;
    this.search = box.querySelector("[data-kinds-search]");
    this.change = box.querySelector("[data-kinds-change]");
    this.none = box.querySelector("[data-kinds-none]");
    this.search.parentElement.hidden = false;
    this.search.addEventListener("input", () => this.find(this.search.value));
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.change.addEventListener("click", () => this.open());
    box.addEventListener("change", (event) => event.target.name === "category" && this.show(true));
    box.addEventListener("gz:restored", (event) => event.target.name === "category" && event.target.checked && this.show(false));
    this.show(false);
  }

  chosen() {
    return this.box.querySelector("[name=category]:checked");
  }

  show(fresh) {
    const input = this.chosen();
    this.box.toggleAttribute("data-chosen", Boolean(input));
    this.change.hidden = !input;
    if (!input) return;
    this.find("");
    input.closest("details").open = true;
    if (fresh) this.box.scrollIntoView({ block: "nearest" });
  }

  /** Show all kinds again; the questions wait for the next choice. */
  open() {
    const input = this.chosen();
    input.checked = false;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    this.search.value = "";
    this.search.focus();
  }

  find(text) {
    const wanted = text.trim().toLowerCase();
    let found = 0;
    for (const group of this.box.querySelectorAll("[data-kinds-group]")) {
      let here = 0;
      for (const kind of group.querySelectorAll("[data-kind-words]")) {
        const fits = kind.dataset.kindWords.toLowerCase().includes(wanted);
        kind.hidden = !fits;
        here += fits;
      }
      group.hidden = !here;
      group.open = Boolean(wanted) && here > 0;
      found += here;
    }
    this.none.hidden = found > 0;
  }
}

/** The place: an address chosen from the list moves the pin, the pin names the place. */
class Place {
  constructor(box, form) {
    this.box = box;
    this.form = form;
    this.input = box.querySelector("[name=place]");
    this.map = box.querySelector("gz-map");
    box.querySelector("[data-place-map]").hidden = false;
    box.querySelector("[data-place-here]").addEventListener("click", () => this.map.locate?.());
    this.input.addEventListener("gz:chosen", (event) => this.moveTo(event.detail));
    this.input.addEventListener("input", () => { this.named = ""; });
    this.input.addEventListener("focus", () => matchMedia("(max-width: 44rem)").matches && box.scrollIntoView({ block: "start" })); // room for the list
    this.map.addEventListener("gz:picked", (event) => this.picked(event.detail));
  }

  /** A shop's name alone leads nobody there: its address goes along. */
  moveTo({ lat, lon, label, about, accuracy }) {
    if (about && accuracy === "exact") this.input.value = words("report.at", { label, about });
    this.named = this.input.value;
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) return;
    this.map.pointAt({ lat, lon }).then(() => this.map.name?.(label));
  }

  /** Name the place under the pin; what somebody wrote themselves stays. */
  async picked({ lat, lon, how }) {
    showFieldErrors(this.form, {});
    if (how === "address" || !this.box.dataset.near) return;
    const at = new URL(this.box.dataset.near, location.href);
    at.searchParams.set("lat", lat);
    at.searchParams.set("lon", lon);
    const answer = await fetch(at, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    const label = found?.results?.[0]?.label;
    if (!label) return;
    this.map.name?.(label);
    if (this.input.value && this.input.value !== this.named) return;
    this.input.value = this.named = label;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Neighbours' requests near the pin, asked for when kind and place are known. */
class Neighbours {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("#similar");
    this.send = form.querySelector(".action-bar [type=submit] span");
    this.plain = words("report.send");
    form.addEventListener("change", (event) => {
      if (["category", "lat"].includes(event.target.name)) this.later();
    });
    form.addEventListener("gz:restored", (event) => ["category", "lat"].includes(event.target.name) && this.later());
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const { category, lat, lon, looked } = this.form.elements;
    const asked = `${category?.value}|${lat.value}|${lon.value}`;
    if (!category?.value || !lat.value || asked === this.asked) return;
    this.asked = asked;
    const at = new URL(this.form.dataset.similar, location.href);
    for (const [name, field] of Object.entries({ category, lat, lon })) at.searchParams.set(name, field.value);
    const answer = await fetch(at, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || asked !== this.asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.place.replaceChildren(...page.body.children);
    this.send.textContent = this.place.children.length ? words("report.send_own") : this.plain;
    looked.value = "yes";
  }
}

/** What must not wait for the server: a report without a line would come back days later. */
function missing(form) {
  const { category, words: said, place, lat } = form.elements;
  const wrong = {};
  if (!category.value) wrong.category = words("report.no_category");
  if (!said.value.trim()) wrong.words = words("report.no_words");
  if (!place.value.trim() && !lat.value) wrong.place = words("report.no_place");
  return wrong;
}

function check(event) {
  const wrong = missing(event.target);
  if (!Object.keys(wrong).length) return;
  event.preventDefault();
  showFieldErrors(event.target, wrong);
}

/** Dress report forms below `root`; before drafts, which may fill them. */
export function startReports(root = document) {
  for (const form of root.querySelectorAll("form[data-places]")) new Place(form.querySelector("[data-place]"), form);
  const forms = root.matches?.("form[data-report]") ? [root] : root.querySelectorAll("form[data-report]");
  for (const form of forms) {
    new Kinds(form.querySelector("[data-kinds]"));
    new Place(form.querySelector("[data-place]"), form);
    new Neighbours(form);
    form.addEventListener("submit", check);
    form.elements.looked.value = "yes"; // this script shows them before anything is sent
  }
}
