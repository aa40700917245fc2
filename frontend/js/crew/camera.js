// Photos of the scene: each is made small, given the time at which it was taken and, if the crew
// presses for it, the place; then it waits in the outbox like everything else.
import { shrink } from "../photos.js";
import { toast } from "../toast.js";
import { once, placeFields } from "./position.js";

function say(root, sentence) {
  const place = root.querySelector("[data-photo-says]");
  if (place) place.textContent = sentence;
}

/** `tell(what, fields)` puts a report into the box. */
export function startCamera(root, tell) {
  let place = null;

  async function add(file, assignment) {
    try {
      await tell("photo", [["assignment", assignment], ["photos", await shrink(file)], ...(place ?? [])]);
    } catch (error) {
      toast(error.message, "bad");
    }
  }

  async function locate(button) {
    if (place) { place = null; button.setAttribute("aria-pressed", "false"); say(root, ""); return; }
    say(root, root.dataset.wordsLocating);
    try {
      const coords = await once();
      place = placeFields(coords);
      button.setAttribute("aria-pressed", "true");
      say(root, root.dataset.wordsPlaced.replace("%(m)s", Math.round(coords.accuracy)));
    } catch (error) {
      say(root, error.code === 1 ? root.dataset.wordsDenied : root.dataset.wordsLost);
    }
  }

  root.addEventListener("change", async (event) => {
    const input = event.target.closest(".crew-photo input[type=file]");
    if (!input) return;
    const files = [...input.files];
    const assignment = input.form.elements.assignment.value;
    input.value = "";
    for (const file of files) await add(file, assignment);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-photo-place]");
    if (button) locate(button);
  });
}
