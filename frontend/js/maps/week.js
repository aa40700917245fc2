// The strip of a week: 7 rows of 24 hours, chosen by pointer or by keys.
import { filled } from "./maps.js";

const HOURS = 168;
const WAIT_MS = 350; // several hours are chosen in one go
const MOVES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 };

export class Week {
  constructor(root, input, says, ask) {
    Object.assign(this, { root, input, says, ask, at: 0 });
    root.addEventListener("pointerdown", (event) => this.down(event));
    root.addEventListener("pointerover", (event) => this.over(event));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", ({ target }) => {
      if (target.closest("[data-all-hours]")) this.set(new Set());
      const row = target.closest("[data-weekday]");
      if (row) this.row(Number(row.dataset.weekday));
    });
  }

  /** What the answer says is chosen. */
  read() {
    this.svg = this.root.querySelector("[data-week]");
    const bits = BigInt(`0x${this.input.value || "0"}`);
    this.picked = new Set([...Array(HOURS).keys()].filter((hour) => (bits >> BigInt(hour)) & 1n));
    this.mark();
    if (this.focused) this.focus(this.at);
  }

  rect(hour) { return this.svg.querySelector(`[data-hour="${hour}"]`); }

  down(event) {
    const rect = event.target.closest?.("[data-hour]");
    if (!rect) return;
    event.preventDefault();
    this.adding = !this.picked.has(Number(rect.dataset.hour));
    rect.releasePointerCapture?.(event.pointerId);
    this.focus(Number(rect.dataset.hour));
    this.choose(this.at, this.adding);
  }

  over(event) {
    const rect = event.buttons ? event.target.closest?.("[data-hour]") : null;
    if (rect && this.adding !== undefined) this.choose(Number(rect.dataset.hour), this.adding);
  }

  key(event) {
    const rect = event.target.closest?.("[data-hour]");
    if (!rect) return;
    const hour = Number(rect.dataset.hour);
    if (event.key === " " || event.key === "Enter") this.choose(hour, !this.picked.has(hour));
    else if (event.key in MOVES) this.focus(Math.min(Math.max(hour + MOVES[event.key], 0), HOURS - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus(hour) {
    this.rect(this.at)?.setAttribute("tabindex", "-1");
    this.at = hour;
    this.focused = true;
    this.rect(hour).setAttribute("tabindex", "0");
    this.rect(hour).focus({ preventScroll: true });
    this.rect(hour).addEventListener("blur", () => { this.focused = false; }, { once: true });
  }

  row(day) {
    const hours = [...Array(24).keys()].map((hour) => day * 24 + hour);
    const on = !hours.every((hour) => this.picked.has(hour));
    for (const hour of hours) if (on) this.picked.add(hour); else this.picked.delete(hour);
    this.set(this.picked);
  }

  choose(hour, on) {
    if (on) this.picked.add(hour); else this.picked.delete(hour);
    this.set(this.picked);
  }

  set(picked) {
    this.picked = picked;
    let bits = 0n;
    for (const hour of picked) bits |= 1n << BigInt(hour);
    this.input.value = picked.size && picked.size < HOURS ? bits.toString(16) : "";
    this.mark();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  mark() {
    const some = this.picked.size > 0;
    for (const rect of this.svg.querySelectorAll("[data-hour]")) rect.setAttribute("aria-selected", String(this.picked.has(Number(rect.dataset.hour))));
    this.svg.toggleAttribute("data-some", some);
    this.root.querySelector("[data-picked]").textContent = some ? filled(this.says.picked, { n: this.picked.size }) : this.says.all_hours;
  }
}
