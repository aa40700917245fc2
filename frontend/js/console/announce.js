// A new incident is said aloud to screen readers, and with a tone where somebody wants one.
const KEPT = "gz-console-sound";
const FRESH = 6000; // as long as its colour fades

/** Whether somebody at this desk has switched sounds on. */
export function kept() {
  try { return localStorage.getItem(KEPT) === "1"; } catch { return false; }
}

function keep(on) {
  try { localStorage.setItem(KEPT, on ? "1" : "0"); } catch { /* private windows forget it */ }
}

/** Two notes, or for a call for help four that nobody takes for anything else. */
export function tone(notes = [[660, 0], [880, 0.16]]) {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.12, context.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.6);
  gain.connect(context.destination);
  for (const [pitch, after] of notes) {
    const voice = context.createOscillator();
    voice.frequency.value = pitch;
    voice.connect(gain);
    voice.start(context.currentTime + after);
    voice.stop(context.currentTime + 0.6);
  }
  setTimeout(() => context.close(), 1000);
}

/** Says which incidents came since the last look at the queue. */
export class Announcer {
  constructor(root) {
    this.sentence = root.dataset.wordsNew;
    this.place = document.getElementById("console-says");
    this.came = new Map();
    this.known = new Set(this.listed().map((row) => row.id));
    this.button = root.querySelector("[data-sound]");
    this.turn(kept());
    this.button?.addEventListener("click", () => { this.turn(!this.on); keep(this.on); if (this.on) tone(); });
  }

  listed() { return [...document.querySelectorAll("#queue > [data-priority]")]; }

  turn(on) {
    this.on = on;
    this.button?.setAttribute("aria-pressed", String(on));
  }

  look() {
    const at = performance.now();
    const fresh = this.listed().filter((row) => !this.known.has(row.id));
    for (const row of fresh) this.came.set(row.id, at);
    for (const row of this.listed()) {
      this.known.add(row.id);
      // again each time: the queue as the server draws it knows nothing of what came at this desk
      row.classList.toggle("fresh", at - (this.came.get(row.id) ?? -FRESH) < FRESH);
    }
    if (!fresh.length) return;
    this.place.textContent = fresh.slice(0, 3).map((row) => this.say(row)).join(" · ");
    if (this.on) tone();
  }

  say({ dataset }) {
    const values = { priority: `P${dataset.priority}`, title: dataset.title, place: dataset.place };
    return this.sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
  }
}
