// The staff's pages.
import { startLive } from "../js/live.js";
import { start } from "../js/start.js";

start();
startLive();
