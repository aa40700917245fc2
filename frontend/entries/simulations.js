// Putting a simulation together, besides app.js and map.js.
import { startPins } from "../js/simulations.js";

startPins();
