// A piece of the page, asked for again and drawn over itself.
import htmx from "htmx.org";

/**
 * Ask `url` for the element `target` (a selector); whether the server was reached. Each piece waits
 * only for itself: htmx gives requests without a source to the body, lets two of them wait there
 * and drops the third. A lost line is no error: the piece stays as it is, and the caller asks again.
 */
export async function fresh(target, url) {
  const source = document.querySelector(target);
  let reached = true;
  const patient = (...asked) => fetch(...asked).catch((error) => {
    if (error.name === "AbortError") throw error;
    reached = false;
    return new Response(null, { status: 204 }); // htmx swaps nothing then
  });
  if (source) await htmx.ajax("GET", url, { source, target, swap: "outerMorph", fetch: patient });
  return reached;
}
