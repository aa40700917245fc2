// Pages of patrols, besides app.js and map.js.
import { startPatrolMaps } from "../js/patrol/drawn.js";
import { startMoving } from "../js/patrol/moving.js";

startPatrolMaps();
startMoving(document.querySelector("[data-plan-moves]"));
