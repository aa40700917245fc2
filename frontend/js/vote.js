// Casting a ballot. The browser draws the ballot's number, blinds number and choice, has them signed for
// a proved phone or a counter's code, takes the blinding off, and casts what came out without phone, cookie or session.
// What is needed to go on after a lost line or a closed page stays in this browser (localStorage).
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { showFieldErrors } from "./refused.js";

const FORM = "gongzhi ballots 1";
const STEPS = ["choose", "prove", "resume", "done"];
const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

class Voting {
  constructor(form) {
    this.form = form;
    this.told = form.dataset;
    this.place = `gz-ballot-${this.told.ref}`;
    this.suite = RSABSSA.SHA384.PSS.Randomized();
    this.says = form.querySelector("[data-vote-says]");
    form.hidden = false;
    if (!globalThis.crypto?.subtle) return this.unable();
    this.listen();
    this.begin();
  }

  unable() {
    this.form.querySelector("[data-vote-next]").disabled = true;
    this.say(this.told.wordsUnable, "bad");
  }

  listen() {
    const on = (name, deed) => this.form.querySelector(`[data-vote-${name}]`).addEventListener("click", () => this.busy(deed));
    on("next", () => this.next());
    on("back", () => this.show("choose"));
    on("code", () => this.ask());
    on("resume", () => this.cast());
    on("save", () => this.save());
    on("forget", () => this.forget());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.busy(() => this.vote()); });
  }

  /** Where this browser left off. */
  begin() {
    const kept = this.kept;
    if (kept?.cast) return this.done();
    if (kept?.signature) return this.show("resume");
    if (kept?.asked) for (const code of kept.choice.split(",")) this.form.querySelector(`[name=choice][value="${code}"]`).checked = true;
    this.show("choose");
  }

  get kept() {
    try { return JSON.parse(localStorage.getItem(this.place)); } catch { return this.spare ?? null; }
  }

  keep(more) {
    this.spare = { ...this.kept, ...more };
    try { localStorage.setItem(this.place, JSON.stringify(this.spare)); } catch { /* a browser that keeps nothing: it still votes */ }
  }

  show(step) {
    for (const one of STEPS) this.form.querySelector(`[data-vote-step="${one}"]`).hidden = one !== step;
    this.form.querySelectorAll("[name=choice]").forEach((one) => { one.disabled = Boolean(this.kept?.asked); });
    this.say("");
  }

  say(words, tone = "") {
    this.says.textContent = words;
    this.says.dataset.tone = tone;
  }

  async busy(deed) {
    const buttons = [...this.form.querySelectorAll("button")];
    buttons.forEach((one) => { one.disabled = true; });
    try {
      await deed();
    } catch (error) {
      this.say(error.told ?? this.told.wordsLost, "bad");
      showFieldErrors(this.form, error.fields ?? {});
    }
    buttons.forEach((one) => { one.disabled = false; });
  }

  get chosen() {
    return [...this.form.querySelectorAll("[name=choice]:checked")];
  }

  next() {
    const chosen = this.chosen;
    if (!chosen.length) return this.say(this.told.wordsChoose, "bad");
    if (chosen.length > Number(this.told.most)) return this.say(this.told.wordsMost, "bad");
    const names = chosen.map((one) => one.parentElement.textContent.trim());
    this.form.querySelector("[data-vote-chosen]").textContent = names.join(" · ");
    this.show("prove");
    this.form.querySelector("[name=phone]").focus();
  }

  async ask() {
    const { proof } = await this.send(this.told.codeUrl, { phone: this.form.elements.phone.value });
    this.proof = proof;
    this.say(this.told.wordsSent);
    this.form.querySelector("[name=code]").focus();
  }

  async vote() {
    const key = await crypto.subtle.importKey("spki", bytes(this.told.publicKey), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
    const { message, blinded, inverse } = await this.drawn(key);
    const right = this.form.elements.right.value.trim();
    const proved = { proof: this.proof ?? "", code: this.form.elements.code.value };
    const body = right ? { right, blinded } : { ...proved, blinded };
    this.keep({ asked: true }); // from here on it may be signed, though the answer is lost
    const { signed } = await this.send(this.told.signUrl, body).catch((error) => {
      if (error.told) this.keep({ asked: false });
      throw error;
    });
    const signature = await this.suite.finalize(key, bytes(message), bytes(signed), bytes(inverse));
    this.keep({ signature: base64(signature), inverse: "", blinded: "", message: "" });
    await this.cast();
  }

  /** The ballot, drawn and blinded; the one from before if it may be signed already. */
  async drawn(key) {
    const kept = this.kept;
    if (kept?.asked) return kept;
    const choice = this.chosen.map((one) => one.value).join(",");
    const message = this.suite.prepare(new TextEncoder().encode(`${FORM}\n${this.told.ref}\n${choice}`));
    const { blindedMsg, inv } = await this.suite.blind(key, message);
    const ballot = { token: hex(message.slice(0, 32)), choice, message: base64(message), blinded: base64(blindedMsg), inverse: base64(inv) };
    this.keep(ballot);
    return ballot;
  }

  async cast() {
    const { token, choice, signature } = this.kept;
    const bare = { credentials: "omit", referrerPolicy: "no-referrer" };
    await this.send(this.told.castUrl, { token, choice, signature }, bare);
    this.keep({ cast: true });
    this.done();
  }

  done() {
    this.show("done");
    this.form.querySelector("[data-vote-token]").textContent = this.kept.token;
  }

  save() {
    const { token, choice, signature } = this.kept;
    const text = JSON.stringify({ vote: this.told.ref, token, choice, signature }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `${this.told.wordsFile}-${this.told.ref}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  forget() {
    this.keep({ token: "", choice: "", signature: "" });
    this.form.querySelector("[data-vote-token]").textContent = "";
    this.form.querySelector("[data-vote-save]").hidden = true;
  }

  async send(address, body, how = {}) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (!how.credentials) headers["X-CSRFToken"] = this.form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), ...how });
    const heard = await answer.json().catch(() => ({}));
    if (answer.ok) return heard;
    throw Object.assign(new Error(heard.code ?? "lost"), { told: heard.detail, fields: named(heard) });
  }
}

/** What is wrong with which field: {phone: "…"}. */
function named(heard) {
  const fields = { ...(heard.fields ?? {}) };
  if (fields.address) fields.phone = fields.address;
  return fields;
}

export function startVoting() {
  const form = document.querySelector("form[data-vote]");
  if (form) new Voting(form);
}
