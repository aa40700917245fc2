// The resident's pages.
import { startDrafts, startOutbox } from "../js/draft.js";
import { startLive } from "../js/live.js";
import { startWorker } from "../js/pages.js";
import { start } from "../js/start.js";

start();
startDrafts();
document.addEventListener("gz:fresh", (event) => startDrafts(event.detail.root));
document.addEventListener("htmx:after:swap", () => startDrafts());
startOutbox();
startLive();
startWorker();
