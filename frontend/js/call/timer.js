// How long the call has taken: from the first key or answer on, also across a reload.
import { now } from "../spans.js";

/** Keeps the beginning in the field `started`, in seconds, and counts beside it. */
export function startTimer(form) {
  const field = form.elements.started;
  const shown = form.querySelector("[data-call-timer]");
  const begin = (event) => {
    if (field.value || event.target === field) return;
    field.value = (now() / 1000).toFixed(1);
    tick();
  };
  const tick = () => {
    const seconds = Math.floor(now() / 1000 - Number(field.value));
    shown.hidden = !field.value;
    shown.querySelector("b").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  form.addEventListener("input", begin);
  form.addEventListener("change", begin);
  field.addEventListener("gz:restored", tick);
  setInterval(() => form.isConnected && field.value && tick(), 1000);
  if (field.value) tick();
}
