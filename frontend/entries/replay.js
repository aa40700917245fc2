// A past shift, played: besides app.js and map.js.
import { startReplay } from "../js/replay/player.js";

const root = document.querySelector("[data-replay]");
if (root) startReplay(root);
