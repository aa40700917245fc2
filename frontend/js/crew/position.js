// The unit's position: asked of the phone once, when the crew presses the button; on duty only.

function once() {
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(({ coords }) => found(coords), failed, { enableHighAccuracy: true, maximumAge: 10_000, timeout: 15_000 });
  });
}

function say(button, sentence) {
  const place = button.closest(".crew-position").querySelector("[data-position-says]");
  place.textContent = sentence;
}

async function send(told, { latitude, longitude }) {
  const body = new URLSearchParams({ lat: latitude.toFixed(5), lon: longitude.toFixed(5) });
  const answer = await fetch(told.positionUrl, { method: "POST", body, headers: { "X-CSRFToken": told.token, Accept: "application/json" } });
  return answer.ok ? told.wordsTold : (await answer.json().catch(() => ({}))).detail ?? told.wordsLost;
}

/** Listen for the button, also when the page around it is drawn anew. */
export function startPosition(root) {
  const told = root.dataset;
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-tell-position]");
    if (!button) return;
    if (!navigator.geolocation) return say(button, told.wordsDenied);
    button.disabled = true;
    say(button, told.wordsLocating);
    try {
      say(button, await send(told, await once()));
    } catch (error) {
      say(button, error.code === 1 ? told.wordsDenied : told.wordsLost);
    }
    button.disabled = false;
  });
}
