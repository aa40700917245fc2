// A shift goes to another cell of the grid: dragged by mouse or pen; picked up and put down by
// keyboard (arrows, space, Escape); tapped twice on a phone, where dragging would be scrolling.
// Without a script an opened cell has the same move as a form.
const KEPT = "roster-grid";
const FAR = 5; // pixels that make a press a drag
const EDGE = 40; // pixels from the side at which the table scrolls along
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

class RosterGrid {
  constructor(grid, form, said, button) {
    Object.assign(this, { grid, form, said, button, from: null, ghost: null, press: null });
    this.scroller = grid.parentElement;
    this.ending = new AbortController();
    const { signal } = this.ending;
    grid.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    grid.addEventListener("pointerdown", (event) => this.pressed(event), { signal });
    document.addEventListener("pointermove", (event) => this.moved(event), { signal });
    document.addEventListener("pointerup", (event) => this.released(event), { signal });
    document.addEventListener("pointercancel", () => this.drop(), { signal });
    grid.addEventListener("click", (event) => this.clicked(event), { capture: true, signal });
    grid.addEventListener("keydown", (event) => this.typed(event), { signal });
    button?.addEventListener("click", () => this.picking(button.ariaPressed !== "true"), { signal });
    this.restore();
  }

  /** The page drew another grid in its place. */
  leave() {
    this.ending.abort();
  }

  // --- dragging ---------------------------------------------------------------------------------

  pressed(event) {
    const cell = cellOf(event.target);
    const mouse = event.pointerType !== "touch" && event.button === 0;
    if (!cell || !mouse || !("shift" in cell.dataset)) return;
    this.press = { cell, x: event.clientX, y: event.clientY };
  }

  moved(event) {
    if (!this.press) return;
    const { cell, x, y } = this.press;
    if (!this.ghost && Math.hypot(event.clientX - x, event.clientY - y) < FAR) return;
    if (!this.ghost) this.lift(cell);
    this.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    this.scroll(event.clientX);
    this.over(cellOf(document.elementFromPoint(event.clientX, event.clientY)));
  }

  lift(cell) {
    this.from = cell;
    cell.setAttribute("data-lifted", "");
    this.ghost = cell.cloneNode(true);
    this.ghost.removeAttribute("href");
    this.ghost.className = "ros-ghost";
    document.body.append(this.ghost);
    document.documentElement.setAttribute("data-dragging", "");
  }

  scroll(x) {
    const { left, right } = this.scroller.getBoundingClientRect();
    if (x > right - EDGE) this.scroller.scrollLeft += 12;
    else if (x < left + EDGE + 80) this.scroller.scrollLeft -= 12;
  }

  over(cell) {
    for (const one of this.grid.querySelectorAll("[data-over]")) one.removeAttribute("data-over");
    if (cell && cell !== this.from && this.grid.contains(cell)) cell.setAttribute("data-over", "");
  }

  released(event) {
    if (!this.press) return;
    const dragged = this.ghost !== null;
    const to = cellOf(document.elementFromPoint(event.clientX, event.clientY));
    this.press = null;
    if (!dragged) return;
    this.swallow = true; // the click that follows a drag opens nothing
    setTimeout(() => { this.swallow = false; });
    if (to && to !== this.from && this.grid.contains(to)) this.send(to);
    else this.drop();
  }

  // --- picking up and putting down --------------------------------------------------------------

  picking(on) {
    this.button.ariaPressed = String(on);
    if (!on) this.drop();
    else this.say("how");
  }

  clicked(event) {
    const cell = cellOf(event.target);
    if (!cell) return;
    if (this.swallow) event.preventDefault();
    else if (this.button?.ariaPressed === "true") {
      event.preventDefault();
      this.pick(cell);
    }
  }

  pick(cell) {
    if (this.from === cell) this.drop();
    else if (this.from) this.send(cell);
    else if ("shift" in cell.dataset) {
      this.from = cell;
      cell.setAttribute("data-lifted", "");
      this.say("picked", cell);
    } else this.say("none", cell);
  }

  typed(event) {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in STEPS) this.walk(cell, ...STEPS[event.key]);
    else if (event.key === " ") this.pick(cell);
    else if (event.key === "Escape" && this.from) this.drop();
    else return;
    event.preventDefault();
  }

  walk(cell, down, along) {
    const td = cell.closest("td");
    const row = this.grid.tBodies[0].rows[td.parentElement.sectionRowIndex + down];
    const next = row?.cells[td.cellIndex + along]?.querySelector("[data-cell]");
    next?.focus();
    if (this.from) this.over(next ?? null);
  }

  // --- what comes of it -------------------------------------------------------------------------

  send(to) {
    const [account, day] = this.from.dataset.cell.split(".");
    const [toAccount, toDay] = to.dataset.cell.split(".");
    const fields = { account, day, to: toAccount, to_day: toDay };
    for (const [name, value] of Object.entries(fields)) this.form.elements[`move-${name}`].value = value;
    const { scrollLeft } = this.scroller;
    sessionStorage.setItem(KEPT, JSON.stringify({
      path: location.pathname, cell: to.dataset.cell, left: scrollLeft, top: scrollY,
      picking: this.button?.ariaPressed === "true",
    }));
    this.say("moving", to);
    this.form.requestSubmit();
  }

  /** After a move the page is where it was, and the moved shift has the focus. */
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.path !== location.pathname) return;
    this.scroller.scrollLeft = kept.left;
    scrollTo(0, kept.top);
    if (kept.picking) this.button.ariaPressed = "true";
    this.grid.querySelector(`[data-cell="${kept.cell}"]`)?.focus({ preventScroll: true });
  }

  drop() {
    if (this.from) this.say("dropped");
    this.from?.removeAttribute("data-lifted");
    this.ghost?.remove();
    document.documentElement.removeAttribute("data-dragging");
    this.over(null);
    this.from = this.ghost = this.press = null;
  }

  say(what, cell = null) {
    const sentence = this.said.dataset[what] ?? "";
    this.said.textContent = sentence.replace("{cell}", cell?.title.trim() ?? "");
  }
}

function cellOf(target) {
  return target instanceof Element ? target.closest("[data-cell]") : null;
}

let current = null;

/** The planner's grid, if there is one that may be changed; again where the page drew it anew. */
export function startRosterGrid() {
  const grid = document.querySelector("[data-roster-grid]");
  const form = document.querySelector("#ros-move");
  const said = document.querySelector("[data-roster-said]");
  if (!grid || !form || !said || current?.grid === grid) return;
  current?.leave();
  current = new RosterGrid(grid, form, said, document.querySelector("#ros-pick"));
}
