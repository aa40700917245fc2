// The unit's position: asked of the phone once, when the crew presses a button; on duty only.

/** Where the phone is now. Rejects when it isn't allowed, or doesn't know. */
export function once(timeout = 15_000) {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) return failed({ code: 1 });
    navigator.geolocation.getCurrentPosition(({ coords }) => found(coords), failed, { enableHighAccuracy: true, maximumAge: 10_000, timeout });
  });
}

/** [["lat", …], ["lon", …], ["accuracy", …]] */
export function placeFields({ latitude, longitude, accuracy }) {
  return [["lat", latitude.toFixed(5)], ["lon", longitude.toFixed(5)], ["accuracy", String(Math.round(accuracy ?? 0))]];
}

function say(button, sentence) {
  const place = button.closest(".crew-position").querySelector("[data-position-says]");
  place.textContent = sentence;
}

/** Tell the desk where we are; what to say of it. */
export async function sendPosition(told, coords) {
  const body = new URLSearchParams(placeFields(coords));
  const answer = await fetch(told.positionUrl, { method: "POST", body, headers: { "X-CSRFToken": told.token, Accept: "application/json" } }).catch(() => null);
  if (!answer) return told.wordsNoLine;
  return answer.ok ? told.wordsTold : (await answer.json().catch(() => ({}))).detail ?? told.wordsLost;
}

/** Listen for the button, also when the page around it is drawn anew. */
export function startPosition(root) {
  const told = root.dataset;
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-tell-position]");
    if (!button) return;
    button.disabled = true;
    say(button, told.wordsLocating);
    try {
      say(button, await sendPosition(told, await once()));
    } catch (error) {
      say(button, error.code === 1 ? told.wordsDenied : told.wordsLost);
    }
    button.disabled = false;
  });
}
