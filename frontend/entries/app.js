// The staff's pages.
import { startAlarms } from "../js/alarms.js";
import { startCopying } from "../js/copy.js";
import { keepFresh } from "../js/kept-fresh.js";
import { startLive } from "../js/live.js";
import { startNarrowing } from "../js/narrow.js";
import { startForgetting } from "../js/pages.js";
import { start } from "../js/start.js";
import { startUploads } from "../js/upload.js";
import { startWaiting } from "../js/waiting.js";

start();
startNarrowing();
keepFresh();
startLive();
startUploads();
startForgetting();
startAlarms(document.getElementById("alarms"));
startCopying();
startWaiting(document.querySelector("[data-waiting-url]"));
document.addEventListener("htmx:after:swap", () => startUploads());
