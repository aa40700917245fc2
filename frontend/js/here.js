// The page on which a caller tells 110 once where they are. Nothing is asked of the phone, and nothing
// sent, before the button is pressed; each press is one position.
const SURE = 200; // metres: what is rougher is sent only if the caller says so
const PATIENCE = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 };

class Here {
  constructor(page) {
    this.told = page.dataset;
    this.form = page.querySelector("[data-here-form]");
    [this.send, this.anyway] = [page.querySelector("[data-here-send]"), page.querySelector("[data-here-anyway]")];
    this.says = page.querySelector("[data-here-says]");
    if (this.says.textContent.trim()) return; // all was sent already
    if (!navigator.geolocation || !isSecureContext) return this.say(this.told.wordsUnable, "warn");
    this.send.disabled = false;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.locate(); });
    this.anyway.addEventListener("click", () => this.tell(this.found));
  }

  say(words, tone = "") {
    this.says.textContent = words;
    this.says.dataset.tone = tone;
  }

  locate() {
    this.anyway.hidden = true;
    this.send.disabled = true;
    this.say(this.told.wordsLocating);
    navigator.geolocation.getCurrentPosition((found) => this.located(found), (error) => this.failed(error), PATIENCE);
  }

  failed({ code }) {
    this.send.disabled = false;
    this.say(code === 1 ? this.told.wordsDenied : this.told.wordsNowhere, "warn");
  }

  located(found) {
    this.found = found;
    if (found.coords.accuracy <= SURE) return this.tell(found);
    this.send.disabled = false;
    this.anyway.hidden = false;
    this.say(this.told.wordsRough.replace("%(m)s", Math.round(found.coords.accuracy)), "warn");
  }

  async tell({ coords, timestamp }) {
    this.send.disabled = true;
    this.anyway.hidden = true;
    this.say(this.told.wordsSending);
    const body = new FormData(this.form);
    body.set("lat", coords.latitude.toFixed(6));
    body.set("lon", coords.longitude.toFixed(6));
    body.set("accuracy", Math.round(coords.accuracy));
    body.set("age", Math.max(0, Math.round((Date.now() - timestamp) / 1000)));
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const heard = await answer?.json().catch(() => null);
    if (answer?.ok) return this.sent(coords.accuracy, heard?.left);
    this.send.disabled = false;
    this.say(heard?.detail ?? this.told.wordsLost, "warn");
  }

  sent(accuracy, left) {
    this.say(this.told.wordsSent.replace("%(m)s", Math.round(accuracy)), "good");
    this.send.querySelector("span").textContent = this.told.wordsMoved;
    this.send.dataset.kind = "plain";
    this.send.hidden = !left;
    this.send.disabled = !left;
  }
}

export function startHere() {
  const page = document.querySelector("[data-here-page]");
  if (page) new Here(page);
}
