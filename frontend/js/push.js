// Notifications of this browser: asked for when somebody chose them and presses the button, never before.

const decoded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

/** The browser's own address for notifications, as text; "" when it may not or can't. */
async function asked(key) {
  try {
    if ((await Notification.requestPermission()) !== "granted") return "";
    const made = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: decoded(key) };
    return JSON.stringify(await made.pushManager.subscribe(options));
  } catch { return ""; }
}

/** A form with `data-push` offers notifications where the browser has them. */
export function startPush(root = document) {
  for (const form of root.querySelectorAll("form[data-push]")) {
    const choice = form.querySelector("[name=channel][value=push]");
    if (!choice) continue;
    const can = "PushManager" in window && "Notification" in window && "serviceWorker" in navigator;
    choice.closest("label").hidden = !can;
    form.addEventListener("submit", async (event) => {
      if (!choice.checked || form.elements.push.value) return;
      event.preventDefault();
      form.elements.push.value = (await asked(form.dataset.push)) || "none";
      form.requestSubmit();
    });
  }
}
