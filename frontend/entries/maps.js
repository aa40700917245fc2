// The three maps: besides app.js and map.js.
import { startMaps } from "../js/maps/maps.js";

const root = document.querySelector("[data-maps]");
if (root) startMaps(root);
