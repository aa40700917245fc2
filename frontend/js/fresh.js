// A piece of the page, asked for again and drawn over itself.
import htmx from "htmx.org";

/**
 * Ask `url` for the element `target` (a selector). Each piece waits only for itself: htmx gives
 * requests without a source to the body, lets two of them wait there and drops the third.
 */
export async function fresh(target, url) {
  const source = document.querySelector(target);
  if (source) await htmx.ajax("GET", url, { source, target, swap: "outerMorph" });
}
