// The same content without a map: for screen readers, and where WebGL is missing.
import { make } from "../elements.js";
import { words } from "../words.js";

const MOST = 200;

function entry(kind, one, sentence, choose) {
  const made = make("button", { type: "button", class: "button", "data-kind": "quiet" }, sentence);
  made.addEventListener("click", () => choose(kind, one.id));
  return make("li", {}, made);
}

function incidentEntry(one, choose) {
  return entry("incident", one, words("map.incident", { priority: `P${one.priority}`, words: one.words ?? "", place: one.place ?? "" }), choose);
}

function unitEntry(one, choose) {
  return entry("unit", one, words("map.unit", { name: one.name, status: one.status_words ?? "" }), choose);
}

/** A list in a <details>, open when there is no map at all. */
export class MapList {
  constructor(open) {
    this.incidents = make("ul");
    this.units = make("ul");
    this.element = make("details", { class: "map-list", open }, make("summary", {}, words("map.list")), this.incidents, this.units);
  }

  show(kind, entries, choose) {
    const make1 = kind === "incidents" ? incidentEntry : unitEntry;
    const sorted = [...entries].sort((a, b) => (a.priority ?? 9) - (b.priority ?? 9)).slice(0, MOST);
    this[kind].replaceChildren(...sorted.map((one) => make1(one, choose)));
    this.element.hidden = !this.incidents.children.length && !this.units.children.length;
  }
}
