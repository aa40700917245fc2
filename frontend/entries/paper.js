// The paper call sheet: to the printer.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
