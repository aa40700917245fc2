// In the service worker: what was pushed is shown, and a press opens the page that it is about.

/** Title, words and address of a message; a broken one says only that there is something. */
function read(event) {
  try { return event.data.json(); } catch { return {}; }
}

/** Only pages of our own are opened. */
function ours(url) {
  const at = new URL(url || "/", self.location.origin);
  return at.origin === self.location.origin ? at.href : self.location.origin;
}

export function startPushed() {
  self.addEventListener("push", (event) => {
    const { title = "Gongzhi", body = "", url = "/", lang = "", tag } = read(event);
    event.waitUntil(self.registration.showNotification(title, { body, lang, tag, data: { url: ours(url) } }));
  });
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(self.clients.openWindow(event.notification.data.url));
  });
}
