// Calls for help and crews that don't answer: above every page of those who can see to them, until
// a person has. Sounds where somebody at this desk has switched them on.
import { Piece } from "./pieces.js";
import { kept as hasSound, tone } from "./console/announce.js";

const LOOK = 20_000; // also without word from the line, and on pages that have none
const AGAIN = 4000;
const ALARM = [[880, 0], [587, 0.2], [880, 0.4], [587, 0.6]];

class Alarms {
  constructor(box) {
    this.title = document.title;
    this.chosen = new Map();
    this.piece = new Piece("#alarms", () => box.dataset.alarmsUrl, () => document.activeElement?.closest?.("#alarms select"));
    document.addEventListener("gz:live", ({ detail }) => this.heard(detail.kind ?? ""));
    document.addEventListener("gz:live-state", ({ detail }) => detail.state === "on" && this.piece.want());
    document.addEventListener("htmx:after:swap", () => this.look());
    document.addEventListener("change", ({ target }) => target.matches("#alarms select") && this.chosen.set(target.id, target.value));
    setInterval(() => this.piece.want(), LOOK);
    this.piece.want(0);
  }

  heard(kind) {
    if (kind.startsWith("crews.") || kind === "live.reload" || /unit_(cleared|recalled)$/.test(kind)) this.piece.want();
  }

  /** A reason that was chosen stays so when the alarms are drawn anew. */
  keepChosen() {
    for (const [id, value] of this.chosen) {
      const select = document.getElementById(id);
      if (select) select.value = value;
      else this.chosen.delete(id);
    }
  }

  look() {
    this.keepChosen();
    const wanting = Number(document.getElementById("alarms")?.dataset.wanting ?? 0);
    const unit = document.querySelector("#alarms [data-tone=bad]")?.dataset.unit;
    document.title = wanting && unit ? `⚠ ${unit} · ${this.title}` : this.title;
    if (wanting && !this.sounding) this.sound();
    if (!wanting) { clearTimeout(this.sounding); this.sounding = 0; }
  }

  sound() {
    if (hasSound()) tone(ALARM);
    this.sounding = setTimeout(() => this.sound(), AGAIN);
  }
}

export function startAlarms(box) {
  if (box) new Alarms(box);
}
