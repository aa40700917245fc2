// What happened: the category, found by typing or by a number key.
import { make } from "../elements.js";

export class What {
  constructor(form, sheet, questions) {
    this.sheet = sheet;
    this.questions = questions;
    this.form = form;
    this.select = form.elements.category;
    this.input = form.querySelector("#id_what");
    this.often = form.querySelector("[data-call-often]");
    this.select.hidden = true;
    form.querySelector("[data-call-label]").htmlFor = "id_what";
    this.drawOften();
    this.select.addEventListener("change", () => this.changed());
    this.select.addEventListener("gz:restored", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("gz:chosen", () => this.questions.focusFirst());
    // What was typed over is no longer chosen, though the combobox did not choose it itself.
    this.input.addEventListener("input", () => { if (this.select.value) this.take("", false); });
  }

  drawOften() {
    const known = this.sheet.keys.map((code) => this.sheet.categories.find((one) => one.value === code));
    this.often.replaceChildren(...known.map((one, at) => {
      const made = make("button", { type: "button", "aria-pressed": "false", "data-code": one.value, title: one.label },
        make("kbd", {}, String((at + 1) % 10)), make("span", {}, one.label));
      made.addEventListener("click", () => this.take(one.value));
      return made;
    }));
    this.often.hidden = !known.length;
  }

  /** A digit in the empty field takes one of the frequent ones. */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || this.input.value) return;
    const at = "1234567890".indexOf(event.key);
    const code = event.key.length === 1 && at >= 0 ? this.sheet.keys[at] : null;
    if (!code) return;
    event.preventDefault();
    this.take(code);
  }

  take(code, go = true) {
    this.select.value = code;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    if (go) { this.show(); this.questions.focusFirst(); }
  }

  get chosen() {
    return this.sheet.categories.find((one) => one.value === this.select.value);
  }

  /** Write the chosen one into the field, as after a restored draft. */
  show() {
    this.input.value = this.chosen?.label ?? "";
    this.changed();
  }

  changed() {
    for (const each of this.often.children) each.setAttribute("aria-pressed", String(each.dataset.code === this.select.value));
    this.questions.show(this.chosen);
    this.form.dispatchEvent(new CustomEvent("call:asked"));
  }

  restore(given) {
    if (this.select.value) this.show();
    this.questions.fill(given);
  }

  focus() {
    this.input.focus();
    this.input.select();
  }
}

