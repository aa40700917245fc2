// The staff's pages.
import { startLive } from "../js/live.js";
import { startNarrowing } from "../js/narrow.js";
import { start } from "../js/start.js";

start();
startNarrowing();
startLive();
