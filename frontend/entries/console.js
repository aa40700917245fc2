// The dispatch console, besides app.js and map.js.
import { startConsole } from "../js/console/console.js";

startConsole(document.querySelector("[data-console]"));
