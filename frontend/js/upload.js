// Forms whose file may be large: sent with progress, and sent again without counting twice.
//
//   <form data-upload enctype="multipart/form-data">… <input type="hidden" name="key" value="…">
//     <div data-progress hidden><progress max="100"></progress><p role="status"></p></div></form>
//
// Without a chosen file, or without this script, it is a form like any other. The key stays while
// the same file is tried again; another file gets another.
import { newKey } from "./outbox.js";
import { showFieldErrors } from "./refused.js";
import { words } from "./words.js";

function megabytes(bytes) {
  return (bytes / 1024 / 1024).toFixed(1);
}

class Upload {
  constructor(form) {
    this.form = form;
    this.key = form.querySelector("[name=key]");
    this.box = form.querySelector("[data-progress]");
    this.bar = this.box.querySelector("progress");
    this.status = this.box.querySelector("[role=status]");
    form.addEventListener("change", (event) => { if (event.target.type === "file" && this.key) this.key.value = newKey(); });
    form.addEventListener("submit", (event) => this.submit(event));
  }

  submit(event) {
    const chosen = [...this.form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    if (!chosen || event.defaultPrevented) return;
    event.preventDefault();
    if (this.sending) return; // a second press while it still goes
    this.send();
  }

  send() {
    const sending = new XMLHttpRequest();
    this.sending = sending;
    sending.open("POST", this.form.action);
    sending.setRequestHeader("Accept", "application/problem+json, text/html;q=0.5");
    if (this.key) sending.setRequestHeader("Idempotency-Key", this.key.value);
    sending.upload.addEventListener("progress", (event) => this.progress(event));
    sending.addEventListener("load", () => this.answered(sending));
    sending.addEventListener("error", () => this.failed(words("upload.failed")));
    sending.addEventListener("timeout", () => this.failed(words("upload.failed")));
    showFieldErrors(this.form, {});
    this.box.hidden = false;
    this.bar.value = 0;
    this.button(true);
    this.say(words("upload.begun"));
    sending.send(new FormData(this.form));
  }

  progress({ loaded, total, lengthComputable }) {
    if (!lengthComputable) return;
    this.bar.value = Math.floor((loaded / total) * 100);
    this.say(loaded < total ? words("upload.sent", { sent: megabytes(loaded), all: megabytes(total) }) : words("upload.keeping"));
  }

  answered(answer) {
    if (answer.status >= 200 && answer.status < 300) {
      const there = answer.responseURL || location.href;
      if (there.split("#")[0] === location.href.split("#")[0]) location.reload();
      else location.assign(there);
      return;
    }
    let problem = {};
    try { problem = JSON.parse(answer.responseText); } catch { /* a gateway's own page */ }
    showFieldErrors(this.form, problem.fields ?? {});
    this.failed(problem.detail ?? words(answer.status === 413 ? "upload.too_big" : "upload.failed"));
  }

  failed(sentence) {
    this.say(sentence);
    this.box.dataset.failed = "";
    this.button(false);
  }

  say(sentence) {
    delete this.box.dataset.failed;
    this.status.textContent = sentence;
  }

  button(busy) {
    this.sending = busy ? this.sending : null;
    for (const button of this.form.querySelectorAll("[type=submit]")) button.toggleAttribute("disabled", busy);
  }
}

/** Dress every such form below `root`. */
export function startUploads(root = document) {
  for (const form of root.querySelectorAll("form[data-upload]")) form.gzUpload ??= new Upload(form);
}
