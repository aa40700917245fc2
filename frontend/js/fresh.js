// A piece of the page, asked for again and drawn over itself.
import htmx from "htmx.org";

/**
 * Ask `url` for the element `target` (a selector); whether it is drawn as the server has it. Each
 * piece waits only for itself: htmx gives requests without a source to the body, lets two of them
 * wait there and drops the third. A lost line is no error: the piece stays as it is, and the caller
 * asks again. `unless`: asked once the answer is whole, as somebody's hands may have come meanwhile.
 */
export async function fresh(target, url, unless = () => false) {
  const source = document.querySelector(target);
  let drawn = true;
  const asIs = () => { drawn = false; return new Response(null, { status: 204 }); }; // swaps nothing
  const patient = async (...asked) => {
    try {
      const answer = await fetch(...asked);
      const { status, headers } = answer;
      const text = await answer.text();
      return (await unless()) ? asIs() : new Response(text, { status, headers });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      return asIs();
    }
  };
  if (source) await htmx.ajax("GET", url, { source, target, swap: "outerMorph", fetch: patient });
  return drawn;
}
