// Keyboard shortcuts: data-keys="a" or "g d" on anything that can be clicked or focused, commands
// registered by scripts, and an overlay on "?" that lists what this page knows.
import { isTyping, make } from "./elements.js";
import { makeDialog } from "./dialog.js";
import { words } from "./words.js";

const OFF = "gz-keys-off";
const PAUSE = 900;
const AGAIN = 1200; // milliseconds
const commands = new Map();
let begun = "";
let timer = 0;
let last = { about: "", at: 0 };

/** `run` is called when `keys` ("j", "Enter", "g d") are pressed outside of fields. */
export function onKeys(keys, label, run, group = "") {
  commands.set(keys, { keys, label, run, group });
}

function off() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}

function turn(on) {
  try { localStorage.setItem(OFF, on ? "0" : "1"); } catch { /* private windows forget it */ }
}

function visible(element) {
  if (element.matches(".rail-link")) return true; // folded away it still leads there
  return element.getClientRects().length > 0 && !element.disabled;
}

function marked() {
  return [...document.querySelectorAll("[data-keys]")].filter(visible);
}

/** Keys follow each other faster than rows: what is pressed a moment later was meant for the same
    thing, even where another one has moved up under the key (data-keys-about says what it is about). */
function strays({ dataset: { keysAbout = "" } }) {
  const at = performance.now();
  if (keysAbout && last.about && keysAbout !== last.about && at - last.at < AGAIN) return true;
  last = { about: keysAbout, at };
  return false;
}

function press(element) {
  if (strays(element)) return;
  if (element.matches("input, select, textarea")) { element.focus(); element.select?.(); }
  else element.click();
}

function labelOf(element) {
  if (element.dataset.keysLabel) return element.dataset.keysLabel;
  const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  if (label) return label.trim();
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, svg, .visually-hidden, .rail-count").forEach((part) => part.remove());
  return copy.textContent.trim() || element.getAttribute("placeholder") || "";
}

function find(keys) {
  const element = marked().find((each) => each.dataset.keys === keys);
  if (element) return () => press(element);
  const command = commands.get(keys);
  return command && (() => command.run());
}

function beginsSomething(keys) {
  const start = `${keys} `;
  return [...commands.keys()].some((each) => each.startsWith(start)) ||
    marked().some((each) => each.dataset.keys.startsWith(start));
}

/** "Space" and "Shift+ArrowLeft" by these names; a shifted letter is its own. */
function named({ key, shiftKey }) {
  if (key === " ") return "Space";
  return shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key;
}

function onKeydown(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const single = event.key.length === 1;
  if (single && off() && event.key !== "?") return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (event.key === " " && event.target.closest("button, summary, [type=checkbox], [type=radio]")) return;
  const key = named(event);
  const keys = begun ? `${begun} ${key}` : key;
  const run = find(keys) ?? (begun ? find(key) : null) ?? (key.startsWith("Shift+") ? find(event.key) : null);
  clearTimeout(timer);
  begun = "";
  if (run) { event.preventDefault(); run(); return; }
  if (single && beginsSomething(keys)) {
    begun = keys;
    timer = setTimeout(() => { begun = ""; }, PAUSE);
  }
}

function drawKeys(keys) {
  const names = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Shift: "⇧" };
  return make("span", { class: "keys" }, ...keys.split(/[ +]/).map((key) => make("kbd", {}, names[key] ?? key)));
}

function listing() {
  const all = [...commands.values(), ...marked().map((element) => ({
    keys: element.dataset.keys, label: labelOf(element), group: element.dataset.keysGroup ?? "",
  }))];
  all.push({ keys: "?", label: words("keys.help"), group: "" });
  const groups = new Map();
  for (const one of all.filter((each) => each.label)) {
    const name = one.group || words("keys.general");
    if (!groups.has(name)) groups.set(name, new Map());
    groups.get(name).set(one.keys, one.label);
  }
  return groups;
}

function drawGroup([name, rows]) {
  const list = make("dl");
  for (const [keys, label] of rows) list.append(make("dt", {}, label), make("dd", {}, drawKeys(keys)));
  return make("section", {}, make("h3", {}, name), list);
}

function switchBox() {
  const box = make("input", { type: "checkbox" });
  box.checked = !off();
  box.addEventListener("change", () => turn(box.checked));
  return make("label", { class: "check" }, box, make("span", {}, words("keys.enable")));
}

/** Show what can be pressed here. */
export function showKeys() {
  document.getElementById("keys")?.remove();
  const table = make("div", { class: "key-table" }, ...[...listing()].map(drawGroup));
  const box = makeDialog("keys", words("keys.title"), words("keys.close"), table, switchBox());
  box.setAttribute("data-wide", "");
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export function startKeys() {
  document.addEventListener("keydown", onKeydown);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shows-keys]")) showKeys();
  });
  commands.set("?", { keys: "?", label: "", run: showKeys, group: "" });
}
