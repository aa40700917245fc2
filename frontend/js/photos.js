// Choosing photos: shown at once, made small before they travel, refused clearly.
//
//   <div class="photos" data-photos data-most="5"><div class="photos-grid">
//     <label class="photos-pick"><input type="file" name="photos" accept="image/*" multiple>…</label>
//   </div></div>
//
// The field's own list of files is kept in step, so the form is sent like any other. Drawing a
// photo anew also drops what the camera wrote into it; the server does the same once more.
import { icon, make } from "./elements.js";
import { words } from "./words.js";

const LARGEST = 20 * 1024 * 1024;
const LONGEST_SIDE = 2048;
const SMALL_ENOUGH = 700 * 1024;

/** Refused with the sentence to show. */
class NotAPhoto extends Error {}

function refuse(key, file) {
  throw new NotAPhoto(words(key, { name: file.name, mb: (file.size / 1024 / 1024).toFixed(1) }));
}

/** The same photo with its longer side at most 2048 pixels, as JPEG. Throws NotAPhoto. */
export async function shrink(file) {
  if (file.size > LARGEST) refuse("photos.too_big", file);
  let bitmap;
  try { bitmap = await createImageBitmap(file); } catch { refuse("photos.not_image", file); }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < SMALL_ENOUGH && file.type === "image/jpeg") { bitmap.close(); return file; }
  const canvas = make("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.85));
  if (!blob) refuse("photos.not_image", file);
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}

class Photos {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input[type=file]");
    this.pick = this.input.closest(".photos-pick");
    this.most = Number(box.dataset.most ?? 5);
    this.files = [];
    this.status = make("p", { class: "visually-hidden", role: "status" });
    this.errors = make("div", { class: "photos-errors", role: "alert" });
    box.append(this.errors, this.status);
    this.input.addEventListener("change", () => this.add([...this.input.files]));
  }

  async add(chosen) {
    const room = this.most - this.files.length;
    const wrong = chosen.length > room ? [words("photos.too_many", { n: this.most })] : [];
    this.status.textContent = words("photos.shrinking");
    for (const file of chosen.slice(0, room)) {
      try { this.files.push(await shrink(file)); } catch (error) {
        if (!(error instanceof NotAPhoto)) throw error;
        wrong.push(error.message);
      }
    }
    this.draw(wrong);
    this.box.dispatchEvent(new CustomEvent("gz:photos", { bubbles: true, detail: { files: this.files } }));
  }

  /** Put back what a draft kept: already small, so only shown. */
  restore(files) {
    this.files = files.slice(0, this.most);
    this.draw([]);
  }

  draw(wrong) {
    this.box.querySelectorAll(".photo").forEach((photo) => { URL.revokeObjectURL(photo.firstChild.src); photo.remove(); });
    this.files.forEach((file, at) => this.pick.before(this.card(file, at)));
    this.pick.hidden = this.files.length >= this.most;
    this.errors.replaceChildren(...wrong.map((sentence) => make("p", { class: "error" }, icon("alert"), make("span", {}, sentence))));
    this.status.textContent = words("photos.added", { n: this.files.length });
    const list = new DataTransfer();
    for (const file of this.files) list.items.add(file);
    this.input.files = list.files;
  }

  card(file, at) {
    const remove = make("button", { type: "button", "aria-label": words("photos.remove", { name: file.name }) }, icon("close"));
    remove.addEventListener("click", () => {
      this.files.splice(at, 1);
      this.draw([]);
      this.status.textContent = words("photos.removed", { name: file.name });
      (this.box.querySelectorAll(".photo button")[at] ?? this.input).focus();
      this.box.dispatchEvent(new CustomEvent("gz:photos", { bubbles: true, detail: { files: this.files } }));
    });
    return make("div", { class: "photo" }, make("img", { src: URL.createObjectURL(file), alt: words("photos.preview", { n: at + 1 }) }), remove);
  }
}

/** Dress every photo field below `root`. The object hangs on the element as `gzPhotos`. */
export function startPhotos(root = document) {
  for (const box of root.querySelectorAll("[data-photos]")) box.gzPhotos ??= new Photos(box);
}
