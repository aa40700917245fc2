import { startRosterGrid } from "../js/roster-grid.js";

startRosterGrid();
document.addEventListener("htmx:after:swap", startRosterGrid);
