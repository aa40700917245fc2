// What the server refused, shown where it belongs: field errors under their fields.
import { toast } from "./toast.js";
import { words } from "./words.js";

function fieldOf(form, name) {
  const box = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  return box ?? form.querySelector(`[name="${CSS.escape(name)}"]`)?.closest(".field");
}

function mark(box, sentence) {
  box.toggleAttribute("data-invalid", Boolean(sentence));
  const place = box.querySelector(".error");
  const control = box.querySelector("input, select, textarea");
  if (place) { place.setAttribute("role", "alert"); place.hidden = !sentence; place.querySelector("span").textContent = sentence; }
  if (!control) return;
  control.toggleAttribute("aria-invalid", Boolean(sentence));
  if (sentence) { control.setAttribute("aria-invalid", "true"); if (place?.id) control.setAttribute("aria-errormessage", place.id); }
}

/** Write {name: sentence} under the fields, focus the first. Returns how many found their place. */
export function showFieldErrors(form, fields) {
  form.querySelectorAll("[data-invalid]").forEach((box) => mark(box, ""));
  const found = Object.entries(fields).map(([name, sentence]) => [fieldOf(form, name), sentence]).filter(([box]) => box);
  for (const [box, sentence] of found) mark(box, sentence);
  const first = found[0]?.[0];
  first?.scrollIntoView({ block: "center" });
  first?.querySelector("input, select, textarea")?.focus({ preventScroll: true });
  return found.length;
}

/** htmx: field errors come in a header event beside the toast; a lost line gets a sentence. */
export function startRefusals() {
  document.addEventListener("gz:refused", (event) => {
    const form = event.target.closest?.("form") ?? document.querySelector("form");
    if (form) showFieldErrors(form, event.detail?.fields ?? {});
  });
  document.addEventListener("htmx:error", (event) => {
    const why = String(event.detail?.error?.name ?? event.detail?.error ?? "");
    if (/Abort/i.test(why)) return;
    toast(words(/Timeout/i.test(why) ? "net.slow" : "net.failed"), "bad");
  });
}
