// Taking a call with the keyboard alone. The parts: what happened (category, questions, priority),
// where, which open incident it may be, and how long it has taken so far.
import { onKeys } from "../keys.js";
import { AdvicePanel } from "./advice.js";
import { answerFirst, startBell } from "./bell.js";
import { CallersPlace, listenForPlaces } from "./here.js";
import { JoinPanel } from "./joins.js";
import { Place } from "./place.js";
import { Questions } from "./questions.js";
import { startTimer } from "./timer.js";
import { What } from "./what.js";

let current; // a refused form is replaced by a fresh one: keys always mean the one that shows

/** Dress the form; `sheet` is what base page and server agreed on (asking.py). */
export function startCall(form) {
  const sheet = JSON.parse(document.getElementById("call-sheet").textContent);
  for (const part of form.querySelectorAll("[data-call-js]")) part.hidden = false;
  const advice = new AdvicePanel(form, sheet); // before the questions: it hears what they say
  const questions = new Questions(form, sheet);
  const what = new What(form, sheet, questions);
  const place = new Place(form, sheet);
  const joins = new JoinPanel(form, sheet);
  const here = new CallersPlace(form, place);
  startTimer(form);
  form.addEventListener("call:asked", () => joins.ask());
  form.addEventListener("keydown", onward);
  current = { form, what, place, joins, advice, here };
  what.restore(JSON.parse(document.getElementById("call-given")?.textContent ?? "{}"));
  joins.ask();
  if (!form.querySelector("[data-invalid]")) what.focus();
  listen(sheet);
}

/** Enter in a field never sends a half-told call: it goes on, and only Ctrl+Enter sends. */
function onward(event) {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (!event.target.matches("input")) return;
  event.preventDefault();
  const next = { id_what: "id_place", id_place: "id_words", id_caller_name: "id_caller_phone" }[event.target.id];
  if (next) document.getElementById(next).focus();
}

let listening = false;

function listen(sheet) {
  if (listening) return;
  listening = true;
  startBell();
  listenForPlaces(() => current.here);
  document.addEventListener("keydown", pressed);
  for (const [keys, label] of Object.entries(sheet.shortcuts)) onKeys(keys, label, () => {});
}

function pressed(event) {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    current.form.requestSubmit(current.form.querySelector("button[type=submit]"));
    return;
  }
  if (event.altKey && event.code === "KeyL") { event.preventDefault(); return current.here.ask(); }
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "F1" && answerFirst()) return event.preventDefault();
  const run = {
    F6: () => current.advice.flip(),
    F10: () => current.advice.next(),
    F7: () => current.form.querySelector("[name=priority]:checked, [name=priority]").focus(),
    F8: () => current.what.focus(),
    F9: () => current.place.focus(),
  }[event.key] ?? current.joins.keyOf(event.key);
  if (run) { event.preventDefault(); run(); }
}
