// A category's questions, each answered with one key, and what they make of the priority.
import { icon, make } from "../elements.js";

const ASKED = "q_";

function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

export class Questions {
  constructor(form, sheet) {
    this.form = form;
    this.sheet = sheet;
    this.box = form.querySelector("[data-call-questions]");
    this.level = form.querySelector("[data-call-level]");
    this.why = form.querySelector("[data-call-why]");
    this.box.addEventListener("change", () => this.judge());
    this.box.addEventListener("gz:restored", () => this.judge());
    this.box.addEventListener("keydown", (event) => this.key(event));
    for (const one of form.querySelectorAll("[name=priority]")) {
      one.addEventListener("change", () => this.judge());
      one.addEventListener("gz:restored", () => this.judge());
      one.addEventListener("keydown", (event) => this.pick(event, [...form.querySelectorAll("[name=priority]")], "012345678".indexOf(event.key)));
    }
    this.joined = 0;
    form.addEventListener("call:joined", ({ detail }) => { this.joined = detail; this.judge(); });
    this.judge();
  }

  show(category) {
    if (category === this.category) return;
    this.category = category;
    this.box.replaceChildren(...(category?.questions ?? []).map((question) => this.draw(question)));
    this.box.hidden = !category?.questions.length;
    this.judge();
  }

  draw(question) {
    const name = ASKED + question.code;
    const control = question.kind === "number" ? this.number(question, name) : this.choice(question, name);
    return make("fieldset", { class: "call-question", "data-field": question.code },
      make("legend", {}, question.ask), control, make("p", { class: "error", hidden: true }, icon("alert"), make("span", {})));
  }

  number(question, name) {
    return make("label", {}, make("span", { class: "visually-hidden" }, question.ask),
      make("input", { type: "number", name, min: "0", max: "100000", inputmode: "numeric" }), " ", question.unit);
  }

  choice(question, name) {
    return make("div", { class: "segments" }, ...question.answers.map((answer, at) => make("label", {},
      make("input", { type: "radio", name, value: answer.code }), make("kbd", { "aria-hidden": "true" }, String(at + 1)), answer.words,
      answer.priority ? this.sign(answer.priority, false) : null)));
  }

  sign(level, inWords) {
    return make("span", { class: "priority", "data-priority": String(level) }, icon(`p${level}`), make("b", {}, `P${level}`), " ",
      make("span", { class: inWords ? "priority-words" : "visually-hidden" }, this.sheet.priorities[level]));
  }

  fill(given) {
    for (const [code, answer] of Object.entries(given)) {
      for (const control of this.box.querySelectorAll(`[name="${CSS.escape(ASKED + code)}"]`)) {
        if (control.type === "radio") control.checked = control.value === answer;
        else control.value = answer;
      }
    }
    this.judge();
  }

  focusFirst() {
    this.next(null);
  }

  /** To the question after `from`, or on to the place. */
  next(from) {
    const all = [...this.box.querySelectorAll(".call-question")];
    const following = all[all.indexOf(from) + 1];
    if (following) following.querySelector("input:checked, input").focus();
    else this.form.elements.place.focus();
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const question = event.target.closest(".call-question");
    if (event.key === "Enter") { event.preventDefault(); this.next(question); return; }
    if (event.target.type !== "radio") return;
    if (this.pick(event, [...question.querySelectorAll("input")], "123456789".indexOf(event.key))) this.next(question);
  }

  pick(event, controls, at) {
    if (event.key.length !== 1 || !controls[at]) return false;
    event.preventDefault();
    controls[at].focus();
    controls[at].checked = true;
    controls[at].dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  /** The category's priority, raised by the answers; what somebody chose by hand stands above. */
  judge() {
    const [auto, why] = this.automatic();
    const byHand = Number(this.form.querySelector("[name=priority]:checked")?.value ?? 0);
    const wanted = byHand || auto;
    const level = this.joined && (!wanted || this.joined <= wanted) ? this.joined : wanted;
    this.level.replaceChildren(...(level ? [this.sign(level, true)] : []));
    const said = level && level === this.joined ? fill(this.sheet.words.joined, { level }) : byHand && auto ? fill(this.sheet.words.by_hand, { level, auto }) : why;
    if (this.why.textContent !== said) this.why.textContent = said;
    this.form.dispatchEvent(new CustomEvent("call:answered", { detail: { category: this.category, answers: this.given() } }));
  }

  /** The answers chosen so far, by question. */
  given() {
    const chosen = [...this.box.querySelectorAll("input:checked")];
    return Object.fromEntries(chosen.map((one) => [one.name.slice(ASKED.length), one.value]));
  }

  automatic() {
    if (!this.category) return [0, this.sheet.words.not_yet];
    let [level, why] = [this.category.priority, fill(this.sheet.words.by_category, { category: this.category.label, level: this.category.priority })];
    for (const question of this.category.questions) {
      const code = this.box.querySelector(`[name="${CSS.escape(ASKED + question.code)}"]:checked`)?.value;
      const answer = question.answers.find((one) => one.code === code);
      if (!answer?.priority || answer.priority >= level) continue;
      level = answer.priority;
      why = fill(this.sheet.words.by_answer, { ask: question.ask, answer: answer.words, level });
    }
    return [level, why];
  }
}
