// Sentences come with the page (base/ui/words.py), never from here.

let told;

/** The sentence `key` in the page's language, with `%(name)s` filled in from `values`. */
export function words(key, values = {}) {
  told ??= JSON.parse(document.getElementById("gz-words")?.textContent ?? "{}");
  return (told[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}
