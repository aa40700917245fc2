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

export function startCopying(root = document) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
