// Forms that survive: every keystroke is kept on this machine, and a form sent without a line is
// sent once when the line is back. Mark the form:
//
//   <form method="post" enctype="multipart/form-data" data-draft="report">
//     <input type="hidden" name="idempotency_key">  <p class="draft-state" data-draft-state></p>
//
// data-draft names the draft; fields marked data-no-draft and hidden fields are not kept.
// The server answers a redirect or JSON {"location": …} when it has it, a 4xx page or problem
// (RFC 9457, with "fields") when something must change. The same key twice makes one matter.
import { button, icon, make } from "./elements.js";
import { drain, newKey, post, put, store } from "./outbox.js";
import { showFieldErrors } from "./refused.js";
import { toast } from "./toast.js";
import { words } from "./words.js";

const PAUSE = 400;
const SKIPPED = new Set(["csrfmiddlewaretoken", "idempotency_key"]);

function photosOf(form) {
  return [...form.querySelectorAll("[data-photos]")].map((box) => box.gzPhotos).filter(Boolean);
}

function keepable(element) {
  return element.name && !SKIPPED.has(element.name) && !("noDraft" in element.dataset) && !["password", "file", "submit", "button"].includes(element.type);
}

function read(form) {
  const fields = [];
  for (const element of form.elements) {
    if (!keepable(element)) continue;
    if (["checkbox", "radio"].includes(element.type)) { if (element.checked) fields.push([element.name, element.value]); }
    else if (element.value) fields.push([element.name, element.value]);
  }
  return fields;
}

function write(form, fields) {
  for (const [name, value] of fields) {
    for (const element of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["checkbox", "radio"].includes(element.type)) { if (element.value === value) element.checked = true; }
      else element.value = value;
      element.dispatchEvent(new CustomEvent("gz:restored", { bubbles: true, detail: { value } }));
    }
  }
}

/** Those that the form does not carry already. */
function missing(form, fields) {
  const carried = new Set(read(form).map(([name]) => name));
  return fields.filter(([name]) => !carried.has(name));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.draft;
    this.state = form.querySelector("[data-draft-state]");
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("gz:photos", () => this.later());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pageshow", (event) => event.persisted && this.gone && location.reload());
    addEventListener("pagehide", () => this.keep());
    this.renewKey();
    this.restore();
  }

  say(sentence, ...more) {
    this.state?.replaceChildren(make("span", {}, sentence), ...more);
  }

  later() {
    clearTimeout(this.timer);
    this.changed = true;
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    if (!this.changed || this.sending) return;
    this.changed = false;
    const kept = await store();
    if (!kept) return this.say(words("draft.no_store"));
    const photos = photosOf(this.form).flatMap((each) => each.files);
    await kept.put("drafts", { name: this.name, fields: read(this.form), photos, key: this.key(), at: Date.now() });
    const time = new Date().toLocaleTimeString("zh-CN", { hour12: false, hour: "2-digit", minute: "2-digit" });
    this.say(words("draft.kept", { time }), this.discardButton());
  }

  /** The page may be a kept one that sent a form before: its key is spent. Not so when the server
   * sent the text back to be mended. */
  renewKey() {
    const field = this.form.elements.idempotency_key;
    if (field && !this.form.querySelector("[data-invalid]")) field.value = newKey();
  }

  key() {
    const field = this.form.elements.idempotency_key;
    if (field && !field.value) field.value = newKey();
    this.made ??= field?.value || newKey();
    return field?.value || this.made;
  }

  async restore() {
    const kept = await store();
    const draft = await kept?.get("drafts", this.name);
    if (!draft) return;
    photosOf(this.form).forEach((each) => draft.photos?.length && each.restore(draft.photos));
    if (this.form.elements.idempotency_key) this.form.elements.idempotency_key.value = draft.key;
    const answered = this.form.querySelector("[data-invalid]"); // the server sent the text back itself
    write(this.form, answered ? missing(this.form, draft.fields) : draft.fields);
    if (answered) return;
    this.say(words("draft.restored"), this.discardButton());
  }

  discardButton() {
    return button(words("draft.discard"), "quiet", () => this.discard(), { "data-size": "small" });
  }

  async discard() {
    clearTimeout(this.timer);
    this.changed = false;
    this.sending = true;
    await (await store())?.delete("drafts", this.name);
    location.reload();
  }

  async submit(event) {
    if (event.defaultPrevented || this.sending) return event.preventDefault();
    if (!this.form.noValidate && !this.form.reportValidity()) return;
    event.preventDefault();
    const key = this.key();
    const form = new FormData(this.form, event.submitter ?? undefined);
    const item = { key, name: this.name, url: this.form.action || location.href, page: location.href, fields: [...form], at: Date.now() };
    await this.send(item, event.submitter);
  }

  async send(item, submitter) {
    this.sending = true;
    if (submitter) submitter.disabled = true;
    this.say(words("draft.sending"));
    const kept = await store();
    if (kept) await put(kept, item);
    const result = kept ? (await drain(item.key)).get(item.key) : await post(item);
    if (submitter) submitter.disabled = false;
    if (result?.sent) return this.sent(kept, item, result);
    if (result?.refused) { this.sending = false; return this.refused(result.answer); }
    await this.queued(kept);
    this.sending = false;
  }

  /** It has gone: what was typed a moment before must not be kept again behind its back. */
  forget() {
    clearTimeout(this.timer);
    this.changed = false;
  }

  async sent(kept, item, result) {
    this.forget();
    await kept?.delete("sent", item.key);
    this.gone = true; // whoever comes back here begins anew
    location.assign(result.location ?? location.href);
  }

  async queued(kept) {
    if (!kept) return this.say(words("net.failed"));
    this.forget();
    await kept.delete("drafts", this.name); // from here on the outbox holds it
    const notice = make("div", { class: "notice", "data-tone": "good", tabindex: "-1" }, icon("check-circle"), make("div", { class: "stack" },
      make("p", {}, words("draft.queued")), button(words("draft.another"), "plain", () => location.reload())));
    this.form.replaceWith(notice);
    notice.focus();
    document.dispatchEvent(new CustomEvent("gz:queued"));
    const worker = await navigator.serviceWorker?.ready.catch(() => null);
    await worker?.sync?.register("outbox").catch(() => {}); // browsers without it send from a page
  }

  /** Something must change: say where, keep what was written. */
  async refused(answer) {
    const kind = answer.headers.get("Content-Type") ?? "";
    if (kind.includes("json")) return this.refusedFields(await answer.json());
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`form[data-draft="${CSS.escape(this.name)}"]`);
    if (!fresh) return toast(page.querySelector("h1")?.textContent ?? words("net.failed"), "bad");
    this.form.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("gz:fresh", { detail: { root: fresh } }));
    const wrong = fresh.querySelector("[data-invalid], [role=alert]");
    wrong?.scrollIntoView({ block: "center" });
    wrong?.querySelector("input, select, textarea")?.focus();
  }

  refusedFields(problem) {
    this.say("");
    const shown = showFieldErrors(this.form, problem.fields ?? {});
    if (!shown) toast(problem.detail ?? words("net.failed"), "bad");
  }
}

/** Dress marked forms below `root`. Photos must be dressed before. */
export function startDrafts(root = document) {
  const forms = root.matches?.("form[data-draft]") ? [root] : root.querySelectorAll("form[data-draft]");
  for (const form of forms) form.gzDraft ??= new Draft(form);
}

// --- what waits, on whatever page one is -------------------------------------------------------

let wait = 5;
let timer;

function showWaiting(count, sentence) {
  const place = document.getElementById("outbox");
  if (!place) return;
  place.hidden = !count;
  if (!count) return;
  place.replaceChildren(make("div", { class: "notice", "data-tone": "warn" }, icon("offline"),
    make("div", { class: "spread" }, make("span", {}, sentence ?? words("draft.waiting", { n: count })),
      button(words("draft.retry"), "plain", () => sendAll(), { "data-size": "small" }))));
}

/** Try everything that waits, now; and again later while something is left. */
export async function sendAll() {
  clearTimeout(timer);
  const kept = await store();
  if (!kept) return;
  for (const result of (await drain()).values()) {
    if (result.refused && !result.item.receipt) toast(words("draft.refused", { why: "" }), "bad", { href: result.item.page, label: words("draft.open") });
  }
  await tellSent(kept);
  const left = await kept.count("outbox");
  showWaiting(left);
  if (!left) { wait = 5; return; }
  wait = Math.min(wait * 2, 300);
  timer = setTimeout(sendAll, wait * 1000);
}

/** Receipts of what went out while nobody looked. */
async function tellSent(kept) {
  for (const one of await kept.getAll("sent")) {
    if (one.what) continue; // a crew's report: its own page tells of it
    const link = one.location ? { href: one.location, label: words("draft.receipt") } : null;
    const said = toast(words("draft.sent"), "good", link);
    said.dataset.leaving = "no"; // stays until it is closed: it is the only way to the receipt
    await kept.delete("sent", one.key);
  }
}

export async function startOutbox() {
  addEventListener("online", () => { wait = 5; sendAll(); });
  document.addEventListener("gz:queued", async () => showWaiting((await (await store())?.count("outbox")) ?? 0));
  navigator.serviceWorker?.addEventListener("message", (event) => event.data === "sent" && sendAll());
  const kept = await store();
  if (kept && ((await kept.count("outbox")) || (await kept.count("sent")))) sendAll();
}
