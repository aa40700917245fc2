// A long list of choices, narrowed down while typing: <input data-narrows="id of the select" hidden>.
// Options are taken out and put back, as not every browser hides one; without a script all stay.

function narrow(input, select, whole) {
  const asked = input.value.trim().toLowerCase();
  const chosen = select.value;
  select.replaceChildren(...whole.cloneNode(true).childNodes);
  for (const option of asked ? [...select.querySelectorAll("option")] : []) {
    if (option.value && !option.textContent.toLowerCase().includes(asked)) option.remove();
  }
  for (const group of select.querySelectorAll("optgroup")) if (!group.children.length) group.remove();
  const left = [...select.options].filter((option) => option.value);
  select.value = left.some((option) => option.value === chosen) ? chosen : asked && left.length === 1 ? left[0].value : "";
}

export function startNarrowing() {
  for (const input of document.querySelectorAll("[data-narrows]")) {
    const select = document.getElementById(input.dataset.narrows);
    if (!select) continue;
    const whole = select.cloneNode(true);
    input.hidden = false;
    input.addEventListener("input", (event) => event.isComposing || narrow(input, select, whole));
    input.addEventListener("compositionend", () => narrow(input, select, whole));
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
}
