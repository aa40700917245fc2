// Forecasts: besides app.js and map.js.
import { startForecasts } from "../js/forecasts.js";

const root = document.querySelector("[data-forecasts]");
if (root) startForecasts(root);
