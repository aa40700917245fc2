// The crew's phone, besides app.js and map.js.
import { startCrew } from "../js/crew/crew.js";

startCrew(document.querySelector("[data-crew-page]"));
