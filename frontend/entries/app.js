// The staff's pages.
import { startAlarms } from "../js/alarms.js";
import { startLive } from "../js/live.js";
import { startNarrowing } from "../js/narrow.js";
import { startForgetting } from "../js/pages.js";
import { start } from "../js/start.js";
import { startUploads } from "../js/upload.js";

start();
startNarrowing();
startLive();
startUploads();
startForgetting();
startAlarms(document.getElementById("alarms"));
document.addEventListener("htmx:after:swap", () => startUploads());
