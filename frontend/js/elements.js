// Making elements without HTML strings: nothing typed by anyone can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** `make("button", {class: "button", type: "button"}, "words", child…)` */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== ""));
  return element;
}

/** A drawing from the sprite; silent for screen readers. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.sprite ?? ""}#${name}`);
  svg.append(use);
  return svg;
}

/** A button of our look; `more` are attributes. */
export function button(label, kind, onClick, more = {}) {
  const made = make("button", { type: "button", class: "button", "data-kind": kind, ...more }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** True while somebody types, so that single keys are letters and not commands. */
export function isTyping(target) {
  return Boolean(target?.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]"));
}
