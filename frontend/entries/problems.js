// Prevention: besides app.js and map.js.
import { startChoosing } from "../js/problems/choosing.js";

startChoosing();
