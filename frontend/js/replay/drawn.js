// What a moment looks like beside the map: the queue, and one incident's facts.
import { make } from "../elements.js";
import { shortSpan } from "../spans.js";

function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

export function priorityMark(level) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.sprite ?? ""}#p${level}`);
  svg.append(use);
  return make("span", { class: "priority", "data-priority": level }, svg, make("b", {}, `P${level}`));
}

/** Rows are kept and reused, so that a queue that only grows older costs a few texts. */
export class Queue {
  constructor(list, count, says, choose) {
    Object.assign(this, { list, count, says, rows: new Map() });
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-incident]");
      if (row) choose(Number(row.dataset.incident));
    });
  }

  show(open, selected) {
    const wanted = open.map((one) => this.row(one, selected));
    const same = wanted.length === this.list.children.length && wanted.every((row, at) => this.list.children[at] === row);
    if (!same) this.list.replaceChildren(...(wanted.length ? wanted : [make("li", { class: "replay-none" }, this.says.none)]));
    this.count.textContent = String(open.length);
  }

  row({ incident, state, waited }, selected) {
    let row = this.rows.get(incident.id);
    if (!row) this.rows.set(incident.id, row = this.newRow(incident));
    if (row.shown !== state) {
      row.shown = state;
      row.dataset.state = state;
      row.stateWords.textContent = this.says.states[state];
    }
    row.time.textContent = shortSpan(waited);
    const current = incident.id === selected ? "true" : "false";
    if (row.button.getAttribute("aria-pressed") !== current) row.button.setAttribute("aria-pressed", current);
    return row;
  }

  newRow(incident) {
    const time = make("span", { class: "replay-waited" });
    const stateWords = make("span", { class: "replay-state" });
    const title = make("span", { class: "replay-title" }, incident.title);
    const second = make("span", { class: "replay-second" }, make("span", {}, incident.town), stateWords);
    const button = make("button", { type: "button", "data-incident": incident.id, "aria-pressed": "false" }, priorityMark(incident.priority), title, time, second);
    const row = make("li", {}, button);
    return Object.assign(row, { time, stateWords, button });
  }
}

export function facts(box, incident, { says, clock, names, url, seek }) {
  const seen = (at) => (at === null ? "–" : clock(at));
  const moment = (at) => {
    if (at === null) return make("td", {}, "–");
    const jump = make("button", { type: "button", class: "replay-jump" }, clock(at));
    jump.addEventListener("click", () => seek(at));
    return make("td", {}, jump);
  };
  const opened = incident.spans[0][0];
  const first = incident.legs.length ? Math.min(...incident.legs.map(([, sent]) => sent)) : null;
  const number = url ? make("a", { href: url.replace("/0/", `/${incident.id}/`) }, incident.number) : incident.number;
  const rows = incident.legs.map(([unit, sent, off, there, end, back]) => make("tr", {},
    make("th", { scope: "row" }, names.get(unit) ?? ""), moment(sent), moment(off), moment(there), make("td", {}, seen(end), back ? make("span", { class: "soft" }, ` ${says.recalled}`) : null)));
  const head = make("thead", {}, make("tr", {}, make("td", {}), ...["sent", "off", "there", "end"].map((key) => make("th", { scope: "col" }, says[key]))));
  box.replaceChildren(
    make("h2", {}, priorityMark(incident.priority), " ", incident.title),
    make("dl", {},
      make("dt", {}, says.came), make("dd", {}, clock(opened), incident.calls > 1 ? ` · ${filled(says.calls, { n: incident.calls })}` : ""),
      make("dt", {}, says.town), make("dd", {}, incident.town || "–"),
      make("dt", {}, says.waited), make("dd", {}, first === null ? says.never : shortSpan(first - opened)),
      make("dt", {}, "№"), make("dd", { class: "number" }, number)),
    rows.length ? make("div", { class: "replay-legs", tabindex: "0" }, make("table", {}, head, make("tbody", {}, ...rows))) : "",
  );
}

export { filled };
