// Type-ahead after the ARIA combobox pattern (list popup, focus stays in the field).
//
//   <div class="combobox"><input data-combobox data-url="/places/search" data-param="q"
//        data-into="id_place_id" …></div>
//
// With data-from="id of a JSON block" (and data-list="key in it") instead of data-url it searches
// the page's own entries, by `label` and `search`, and opens at once.
//
// The address answers JSON: a list, or {results: […]}, of {value, label, about, side, icon, …}.
// Choosing writes `value` into the element named by data-into and fires gz:chosen on the field,
// with the whole entry as detail; typing on afterwards fires gz:unchosen.
import { icon, make } from "./elements.js";
import { words } from "./words.js";

const PAUSE = 160;
let count = 0;

class Combobox {
  constructor(input) {
    this.input = input;
    this.box = input.closest(".combobox") ?? input.parentElement;
    this.id = `box-${(count += 1)}`;
    this.entries = [];
    this.at = -1;
    this.list = make("div", { class: "combobox-list", role: "listbox", id: this.id, hidden: true, "aria-label": input.labels?.[0]?.textContent.trim() ?? "" });
    this.status = make("div", { class: "visually-hidden", role: "status" });
    this.box.append(this.list, this.status);
    this.dress();
    this.listen();
  }

  dress() {
    const roles = { role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", (event) => !event.isComposing && this.typed());
    this.input.addEventListener("compositionend", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => document.activeElement !== this.input && this.close(), 120));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.at));
    });
  }

  typed() {
    this.entering = false;
    this.unchoose();
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < Number(this.input.dataset.least ?? 1)) return this.close();
    if (this.input.dataset.from) this.ask(text);
    else this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  unchoose() {
    if (!this.chosen) return;
    this.chosen = null;
    this.write("");
    this.locate({});
    this.input.dispatchEvent(new CustomEvent("gz:unchosen", { bubbles: true }));
  }

  write(value) {
    const into = document.getElementById(this.input.dataset.into ?? "");
    if (!into) return;
    into.value = value;
    into.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Where the chosen place lies, into the fields named by data-lat-into and data-lon-into. */
  locate({ lat = "", lon = "" }) {
    for (const [id, value] of [[this.input.dataset.latInto, lat], [this.input.dataset.lonInto, lon]]) {
      const into = document.getElementById(id ?? "");
      if (into) into.value = value;
    }
  }

  ask(text) {
    return this.input.dataset.from ? this.show(this.own(text), text) : this.fetch(text);
  }

  /** Those that begin so, then those that hold it, then those that are also called so. */
  own(text) {
    const { from, list } = this.input.dataset;
    this.all ??= JSON.parse(document.getElementById(from).textContent);
    const part = text.toLowerCase();
    const rank = ({ label, search = "" }) => {
      const at = label.toLowerCase().indexOf(part);
      return at === 0 ? 0 : at > 0 ? 1 : search.includes(part) ? 2 : 3;
    };
    const found = (list ? this.all[list] : this.all).filter((entry) => rank(entry) < 3);
    return found.sort((a, b) => rank(a) - rank(b));
  }

  async fetch(text) {
    this.asking?.abort();
    this.asking = new AbortController();
    const at = new URL(this.input.dataset.url, location.href);
    at.searchParams.set(this.input.dataset.param ?? "q", text);
    try {
      const answer = await fetch(at, { headers: { Accept: "application/json" }, signal: this.asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      this.show(Array.isArray(found) ? found : found.results ?? [], text);
    } catch (error) {
      if (error.name !== "AbortError") this.say(words("box.failed"));
    }
  }

  show(entries, text) {
    this.entries = entries;
    this.shown = text;
    this.at = -1;
    if (!entries.length) return this.say(words("box.none"));
    this.list.replaceChildren(...entries.map((entry, at) => this.draw(entry, at, text)));
    this.open();
    this.status.textContent = words("box.count", { n: entries.length });
    if (this.entering) this.choose(0);
  }

  draw(entry, at, text) {
    return make("div", { class: "combobox-option", role: "option", id: `${this.id}-${at}`, "data-at": at, "aria-selected": "false" },
      icon(entry.icon ?? "pin"), make("span", {}, ...highlight(entry.label, text)),
      entry.side ? make("span", { class: "combobox-side" }, entry.side) : null,
      entry.about ? make("small", {}, entry.about) : null);
  }

  say(sentence) {
    this.entering = false;
    this.entries = [];
    this.list.replaceChildren(make("div", { class: "combobox-say" }, sentence));
    this.status.textContent = sentence;
    this.open();
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.entries.length > 0));
  }

  close() {
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  move(to) {
    const options = this.list.querySelectorAll("[role=option]");
    if (!options.length) return;
    this.at = (to + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.at].id);
  }

  /** What is marked, or else the first; but never the first of what was found for less text. */
  enter() {
    if (this.at < 0 && this.shown !== this.input.value.trim()) this.entering = true;
    else this.choose(Math.max(this.at, 0));
  }

  choose(at) {
    this.entering = false;
    const entry = this.entries[at];
    if (!entry) return;
    this.input.value = entry.label;
    this.close();
    this.chosen = entry;
    this.write(entry.value ?? entry.label);
    this.locate(entry);
    this.status.textContent = words("box.chosen", { words: entry.label });
    this.input.dispatchEvent(new CustomEvent("gz:chosen", { bubbles: true, detail: entry }));
  }

  key(event) {
    const open = !this.list.hidden && this.entries.length > 0;
    if (event.isComposing) return;
    const moves = { ArrowDown: this.at + 1, ArrowUp: this.at - 1 };
    if (event.key in moves && open) { event.preventDefault(); this.move(event.key === "ArrowUp" && this.at < 0 ? -1 : moves[event.key]); }
    else if (event.key === "ArrowDown" && this.input.value.trim()) { event.preventDefault(); this.ask(this.input.value.trim()); }
    else if (event.key === "Enter" && open) { event.preventDefault(); this.enter(); }
    else if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); event.stopPropagation(); this.close(); }
  }
}

/** The label in pieces, the part that was typed marked. */
function highlight(label, text) {
  const from = label.toLowerCase().indexOf(text.toLowerCase());
  if (from < 0) return [label];
  const to = from + text.length;
  return [label.slice(0, from), make("mark", {}, label.slice(from, to)), label.slice(to)];
}

/** Dress every marked field below `root`; again and again is harmless. */
export function startComboboxes(root = document) {
  for (const input of root.querySelectorAll("input[data-combobox]:not([role=combobox])")) new Combobox(input);
}
