// Incidents that the call may be about: asked anew when category, place or words change, joined
// with one key.
const PAUSE = 350;

export class JoinPanel {
  constructor(form, sheet) {
    this.form = form;
    this.words = sheet.words;
    this.panel = document.querySelector("[data-call-same]");
    this.field = form.elements.joins;
    this.banner = form.querySelector("[data-call-joins]");
    this.panel.onclick = (event) => {
      const hint = event.target.closest("[data-join]");
      if (hint) this.toggle(hint);
    };
    form.elements.words.addEventListener("change", () => this.ask());
    this.field.addEventListener("gz:restored", () => this.ask());
    document.addEventListener("htmx:after:swap", () => this.show());
    this.show();
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.panel.dispatchEvent(new CustomEvent("ask"));
      this.askBefore();
    }, PAUSE);
  }

  /** What happened at the place before: asked when it is another place. */
  askBefore() {
    const at = `${this.form.elements.lat.value},${this.form.elements.lon.value}`;
    if (at === this.at) return;
    this.at = at;
    document.querySelector("[data-call-premises]")?.dispatchEvent(new CustomEvent("ask"));
  }

  keyOf(key) {
    const hint = this.panel.querySelector(`[data-join-key="${CSS.escape(key)}"]:enabled`);
    return hint && (() => this.toggle(hint));
  }

  toggle(hint) {
    this.field.value = this.field.value === hint.dataset.join ? "" : hint.dataset.join;
    this.form.dispatchEvent(new Event("change")); // for the draft
    this.show();
  }

  show() {
    for (const hint of this.panel.querySelectorAll("[data-join]")) hint.setAttribute("aria-pressed", String(hint.dataset.join === this.field.value));
    const joined = this.panel.querySelector(`[data-join="${CSS.escape(this.field.value || "none")}"]`);
    const number = joined?.dataset.number ?? (this.field.value && `#${this.field.value}`);
    this.banner.hidden = !number;
    this.banner.querySelector("[data-call-number]").textContent = number;
    this.form.querySelector("[data-call-save]").textContent = number ? `${this.words.join} ${number}` : this.words.save;
    this.form.dispatchEvent(new CustomEvent("call:joined", { detail: Number(joined?.dataset.level ?? 0) }));
  }
}
