// What to read to the caller: the card that category and answers call for, step by step, in either
// language. The caller's need not be the call-taker's.
import { icon, make } from "../elements.js";

export class AdvicePanel {
  constructor(form, sheet) {
    this.form = form;
    this.sheet = sheet;
    this.words = sheet.words;
    this.panel = document.querySelector("[data-call-advice]");
    this.language = sheet.language;
    form.addEventListener("call:answered", ({ detail }) => this.answered(detail));
    form.elements.manner?.forEach?.((one) => {
      one.addEventListener("change", () => this.answered(this.last ?? {}));
      one.addEventListener("gz:restored", () => this.answered(this.last ?? {}));
    });
  }

  answered(detail) {
    this.last = detail;
    const fitting = (detail.category?.advice ?? []).filter((one) => fits(one.when, detail.answers));
    const first = [...fitting.filter(conditional), ...fitting.filter((one) => !conditional(one))].map((one) => one.card);
    const silent = this.form.querySelector("[name=manner]:checked")?.value === "silent" ? ["silent_call"] : [];
    const cards = [...new Set([...silent, ...first])].filter((code) => this.sheet.advice[code]);
    if (String(cards) === String(this.cards)) return;
    const top = cards[0] !== this.cards?.[0];
    this.cards = cards;
    // An answer that calls for another card brings that one up; otherwise the one being read stays.
    if (top || !cards.includes(this.code)) [this.code, this.at] = [cards[0], 0];
    this.draw();
  }

  draw() {
    this.panel.hidden = !this.cards.length;
    if (!this.cards.length) return this.panel.replaceChildren();
    const card = this.sheet.advice[this.code];
    this.panel.replaceChildren(this.head(card), this.steps(card), ...this.others(), this.foot(card));
  }

  head(card) {
    const other = this.language === "zh" ? "en" : "zh";
    const flip = make("button", { type: "button", class: "button", "data-size": "small", lang: this.sheet.language },
      icon("globe"), this.words[`read_${other}`], " ", make("kbd", {}, "F6"));
    flip.addEventListener("click", () => this.flip());
    return make("header", {}, make("h2", { id: "advice-title", lang: this.language }, card.name[this.language]), flip);
  }

  steps(card) {
    const list = make("ol", { class: "advice-steps", lang: this.language });
    card.steps.forEach((step, at) => {
      const line = make("button", { type: "button", "aria-current": at === this.at ? "step" : null }, make("b", {}, String(at + 1)), make("span", {}, step[this.language]));
      line.addEventListener("click", () => { this.at = at; this.draw(); });
      list.append(make("li", { "data-said": at < this.at }, line));
    });
    return list;
  }

  others() {
    const rest = this.cards.filter((code) => code !== this.code);
    if (!rest.length) return [];
    return [make("p", { class: "advice-more" }, make("span", { class: "soft" }, this.words.more_advice), ...rest.map((code) => {
      const other = make("button", { type: "button", lang: this.language }, this.sheet.advice[code].name[this.language]);
      other.addEventListener("click", () => { [this.code, this.at] = [code, 0]; this.draw(); });
      return other;
    }))];
  }

  foot(card) {
    const beat = card.beat && make("span", { class: "advice-beat" }, make("i", { "data-beat": String(card.beat), "aria-hidden": "true" }), this.words.beat.replace("%(beat)s", card.beat));
    const sure = card.waits ? make("span", { class: "advice-waits" }, icon("alert"), this.words.unconfirmed)
      : card.confirmed && make("span", {}, this.words.confirmed.replace("%(who)s", card.confirmed));
    const next = make("button", { type: "button", class: "button", "data-size": "small" }, this.words.next_step, " ", make("kbd", {}, "F10"));
    next.addEventListener("click", () => this.next());
    return make("footer", {}, next, beat || null, sure || null, make("span", { class: "advice-source", title: card.source }, this.words.source.replace("%(source)s", card.source)));
  }

  next() {
    if (!this.cards?.length) return;
    this.at = (this.at + 1) % this.sheet.advice[this.code].steps.length;
    this.draw();
    this.panel.querySelector("[aria-current]").scrollIntoView({ block: "nearest" });
  }

  flip() {
    this.language = this.language === "zh" ? "en" : "zh";
    if (this.cards?.length) this.draw();
  }
}

function conditional(one) {
  return Object.keys(one.when).length > 0;
}

function fits(when, answers = {}) {
  return Object.entries(when).every(([code, wanted]) => wanted.includes(answers[code]));
}
