// The phone asks whether all is well, and doesn't stop when nobody answers.
const SOON = [200, 100, 200];
const LATE = [500, 200, 500, 200, 500];
const AGAIN = 30_000;

/** The chip's state comes from the ticking clock (js/clock.js). */
export function startChecking(root) {
  let timer = 0;
  const say = (box, sentence) => { box.querySelector("[data-check-says]").textContent = sentence; };
  const insist = () => {
    clearTimeout(timer);
    const box = document.querySelector("[data-check-in]:not([hidden])");
    if (box?.dataset.state !== "late") return;
    navigator.vibrate?.(LATE);
    timer = setTimeout(insist, AGAIN);
  };
  root.addEventListener("gz:clock", (event) => {
    const box = event.target.closest("[data-check-in]");
    if (!box) return;
    if (event.detail.state === "soon") { say(box, root.dataset.wordsCheckSoon); navigator.vibrate?.(SOON); }
    if (event.detail.state === "late") { say(box, root.dataset.wordsCheckLate); insist(); }
  });
}
