// Help: pressed and held, with gloves, not by accident. It goes out before everything else and again
// and again, until somebody at the desk has acknowledged it.
import { drain, keepReport, unsent } from "./box.js";
import { once, sendPosition } from "./position.js";

const HOLD = 1500;
const AGAIN = 5000;

export class Sos {
  constructor(root, page) {
    this.root = root;
    this.told = root.dataset;
    this.page = page;
    root.addEventListener("pointerdown", (event) => this.press(event));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) root.addEventListener(end, (event) => this.release(event), true);
    root.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && this.press(event));
    root.addEventListener("keyup", (event) => this.release(event));
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("contextmenu", (event) => this.button(event) && event.preventDefault());
  }

  button(event) { return event.target.closest?.(".crew-sos-button"); }

  get holding() { return Boolean(this.timer); }

  press(event) {
    const button = this.button(event);
    if (!button) return;
    event.preventDefault();
    if (this.timer || event.repeat) return;
    button.setAttribute("data-holding", "");
    this.timer = setTimeout(() => this.held(button), HOLD);
  }

  release(event) {
    if (!this.timer || (event.type === "pointerleave" && !this.button(event))) return;
    this.stop();
    this.hint(this.told.wordsHold);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.root.querySelector(".crew-sos-button")?.removeAttribute("data-holding");
  }

  /** A screen reader's activation is no press: it is asked instead. */
  clicked(event) {
    const button = this.button(event);
    if (!button) return;
    event.preventDefault();
    if (event.detail === 0 && !this.just && confirm(button.innerText)) this.raise();
    this.just = false;
  }

  hint(sentence) {
    const place = document.getElementById("sos-hint");
    if (place) place.textContent = sentence;
  }

  held() {
    this.stop();
    this.just = true;
    navigator.vibrate?.([300, 100, 300]);
    this.raise();
  }

  async raise() {
    const { assignment } = document.getElementById("crew").dataset;
    const fields = assignment ? [["assignment", assignment]] : [];
    const item = await keepReport(this.root, "emergency", fields, { urgent: true, until: "acknowledged" });
    if (!item) return this.root.querySelector("[data-sos]").submit(); // nothing is kept here: the ordinary way
    this.page.interrupt(); // whatever is being sent gives way
    await this.page.show();
    this.say(this.told.wordsSosSending);
    this.coords = null;
    this.placed = false;
    this.repeat();
    this.place();
  }

  /** Where help is wanted: asked for once they have pressed, told as soon as there is a line. */
  async place() {
    if (this.placed) return;
    this.placed = true;
    this.coords ??= await once(8000).catch(() => null);
    this.placed = Boolean(this.coords) && (await sendPosition(this.told, this.coords)) !== this.told.wordsNoLine;
  }

  say(sentence) {
    const place = document.querySelector("[data-sos-says]");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  /** Send it until it is acknowledged. */
  async repeat() {
    clearTimeout(this.again);
    const { own } = await unsent(this.told.who);
    if (!own.some((item) => item.urgent)) return;
    const results = [...(await drain(null, { urgent: true })).values()];
    if (results.some((one) => one.sent)) {
      this.say(this.told.wordsSosHeard);
      navigator.vibrate?.([100, 50, 100, 50, 400]);
      document.getElementById("crew-called")?.setAttribute("data-heard", "");
      return this.page.flush();
    }
    const delivered = results.some((one) => one.delivered);
    if (delivered && this.coords) this.place();
    this.say(delivered ? this.told.wordsSosSent : this.told.wordsSosSending);
    this.again = setTimeout(() => this.repeat(), AGAIN);
  }
}
