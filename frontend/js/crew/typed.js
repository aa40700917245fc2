// What is half typed survives a closed tab: fields with data-keep, by assignment.
import { store } from "../outbox.js";

const nameOf = (assignment) => `crew-${assignment}`;

function fields() {
  return [...document.querySelectorAll("#crew [data-keep]")];
}

export function isTyped() {
  return fields().some((field) => (field.type === "radio" ? field.checked : field.value !== field.defaultValue && field.tagName !== "SELECT") && !field.closest("[hidden]"));
}

async function keep(assignment) {
  const values = {};
  for (const field of fields()) {
    if (field.type === "radio" ? field.checked : field.value) values[field.dataset.keep] = field.value;
  }
  await (await store())?.put("drafts", { name: nameOf(assignment), values, at: Date.now() });
}

export async function restoreTyped(assignment) {
  const draft = assignment && (await (await store())?.get("drafts", nameOf(assignment)));
  for (const field of draft ? fields() : []) {
    const value = draft.values[field.dataset.keep];
    if (value === undefined) continue;
    if (field.type === "radio") field.checked ||= field.value === value;
    else if (!field.value) field.value = value;
  }
}

/** A form has gone: its own fields are empty again. */
export async function forgetTyped(form, assignment) {
  form.reset();
  await keep(assignment);
}

export function startTyped(root, assignment) {
  let timer = 0;
  root.addEventListener("input", (event) => {
    if (!event.target.matches("[data-keep]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => keep(assignment()), 400);
  });
}
