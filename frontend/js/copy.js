// A button that copies a text: <button data-copy="id-of-the-element" hidden>. Shown where it works.
import { toast } from "./toast.js";
import { words } from "./words.js";

async function copy(button) {
  const text = document.getElementById(button.dataset.copy)?.textContent.trim() ?? "";
  try {
    await navigator.clipboard.writeText(text);
    toast(words("copy.done"), "good");
  } catch {
    toast(words("copy.failed"), "warn");
  }
}

/** Once a page; what comes later shows its buttons by `showCopying`. */
export function startCopying() {
  if (!navigator.clipboard) return;
  showCopying();
  document.addEventListener("click", ({ target }) => { const button = target.closest("[data-copy]"); if (button) copy(button); });
  document.addEventListener("htmx:after:swap", showCopying);
}

function showCopying() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}
