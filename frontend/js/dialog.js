// Dialogs open by commandfor="<id>", without a script where the browser can; menus close by themselves, and questions are asked in our look.
import { button, icon, make } from "./elements.js";
import { words } from "./words.js";

/** Ask before something that can't be undone. Resolves to true or false. */
export function ask(question, yes = words("confirm.yes")) {
  return new Promise((resolve) => {
    const box = make("dialog", { class: "dialog", "aria-label": question });
    const close = (answer) => () => { box.returnValue = answer; box.close(answer); };
    box.append(make("div", { class: "dialog-body" }, make("p", {}, question),
      make("div", { class: "buttons" },
        button(words("confirm.no"), "plain", close("no"), { autofocus: true }),
        button(yes, "primary", close("yes")))));
    box.addEventListener("close", () => { box.remove(); resolve(box.returnValue === "yes"); });
    document.body.append(box);
    box.showModal();
  });
}

/** A titled dialog made by a script. The caller fills and shows it. */
export function makeDialog(id, title, closeLabel, ...content) {
  const close = button(icon("close"), "quiet", () => {}, { "data-closes": true, "aria-label": closeLabel });
  return make("dialog", { class: "dialog", id, "aria-labelledby": `${id}-title` },
    make("div", { class: "dialog-head" }, make("h2", { id: `${id}-title` }, title), close),
    make("div", { class: "dialog-body" }, ...content));
}

const OPENER = '[command="show-modal"]';

/** For browsers that don't know commands of buttons yet. */
function opens(event) {
  const opener = event.target.closest(OPENER);
  if (opener && !("commandForElement" in opener)) document.getElementById(opener.getAttribute("commandfor"))?.showModal();
}

function onClick(event) {
  opens(event);
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the backdrop
  for (const menu of document.querySelectorAll("details[data-menu][open], .clock-box[open]")) {
    const whole = menu.dataset.menu ? menu.closest(menu.dataset.menu) : menu; // what belongs to an open menu
    if (!whole.contains(event.target) || event.target.closest(OPENER)) menu.open = false;
  }
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open], .clock-box[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}

async function onSubmit(event) {
  const question = (event.submitter?.dataset.confirm ?? event.target.dataset.confirm);
  if (!question || event.target.dataset.sure) return;
  event.preventDefault();
  if (!(await ask(question))) return;
  event.target.dataset.sure = "yes";
  event.target.requestSubmit(event.submitter);
  delete event.target.dataset.sure;
}

export function startDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape);
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:confirm", async (event) => {
    const question = event.detail.ctx?.confirm;
    if (!question) return;
    event.preventDefault();
    if (await ask(question)) event.detail.issueRequest();
    else event.detail.dropRequest?.();
  });
}
