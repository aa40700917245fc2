// Buttons above the table of units: each shows only the units with its signs.

function apply(root, signs) {
  for (const button of root.querySelectorAll("[data-show-units]")) {
    button.setAttribute("aria-pressed", String(button.dataset.showUnits === signs));
  }
  const wanted = new Set(signs.split(" ").filter(Boolean));
  for (const row of root.querySelectorAll("#units [data-sign]")) row.hidden = wanted.size > 0 && !wanted.has(row.dataset.sign);
}

export function startUnitFilter(root) {
  let signs = "";
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-units]");
    if (!button) return;
    signs = button.dataset.showUnits === signs ? "" : button.dataset.showUnits;
    apply(root, signs);
  });
  document.addEventListener("htmx:after:swap", () => apply(root, signs));
}
