// Passkeys (WebAuthn): <form data-passkey="get|create" data-asks="/address"> with a hidden field
// `passkey`. The server says what to ask, the browser asks its owner, the form takes the answer back.

const CODED = ["challenge", "id"];

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** What the server asked, with bytes where it wrote base64url. */
function opened(told) {
  if (Array.isArray(told)) return told.map(opened);
  if (told === null || typeof told !== "object") return told;
  return Object.fromEntries(Object.entries(told).map(([name, value]) =>
    [name, CODED.includes(name) && typeof value === "string" ? bytes(value) : opened(value)]));
}

/** The options of one ceremony. The name of our own host is an id, too, and stays a text. */
function options(publicKey) {
  const { rp, ...rest } = publicKey;
  return { publicKey: { ...opened(rest), ...(rp && { rp }) } };
}

/** The browser's answer as the server reads it. */
function closed({ id, rawId, type, response, authenticatorAttachment }) {
  const told = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (response[name]) told[name] = text(response[name]);
  return { id, rawId: text(rawId), type, authenticatorAttachment, response: told, clientExtensionResults: {} };
}

async function ceremony(form) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.asks, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const { publicKey } = await answer.json();
  const credential = await navigator.credentials[form.dataset.passkey](options(publicKey));
  form.elements.passkey.value = JSON.stringify(closed(credential));
}

async function submit(event) {
  const form = event.currentTarget;
  if (form.elements.passkey.value) return;
  event.preventDefault();
  const said = form.querySelector(".error");
  if (said) said.hidden = true;
  try {
    await ceremony(form);
    form.submit();
  } catch (wrong) {
    console.debug("passkey", wrong);
    if (said) said.hidden = false;
  }
}

/** Show the forms where the browser knows passkeys; an address of numbers has none. */
export function startPasskeys() {
  if (!window.PublicKeyCredential || /^[\d.]+$|^\[/.test(location.hostname)) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", submit);
  }
  for (const said of document.querySelectorAll("[data-without-passkeys]")) said.hidden = true;
}
