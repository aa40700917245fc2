// The resident's pages.
import { startDrafts, startOutbox } from "../js/draft.js";
import { startLive } from "../js/live.js";
import { startCopying } from "../js/copy.js";
import { startHere } from "../js/here.js";
import { keepFresh } from "../js/kept-fresh.js";
import { startWorker, tellOffline } from "../js/pages.js";
import { startPush } from "../js/push.js";
import { startReports } from "../js/report.js";
import { start } from "../js/start.js";

start();
startReports();
startDrafts();
startCopying();
keepFresh();
startHere();
startPush();
document.addEventListener("gz:fresh", (event) => { startReports(event.detail.root); startDrafts(event.detail.root); });
document.addEventListener("htmx:after:swap", () => startDrafts());
startOutbox();
startLive();
startWorker();
tellOffline();
