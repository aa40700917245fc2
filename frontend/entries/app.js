// The staff's pages.
import { startLive } from "../js/live.js";
import { startNarrowing } from "../js/narrow.js";
import { start } from "../js/start.js";
import { startUploads } from "../js/upload.js";

start();
startNarrowing();
startLive();
startUploads();
document.addEventListener("htmx:after:swap", () => startUploads());
