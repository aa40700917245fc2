// Pages with a map load this beside app.js or public.js, and map.css.
import { GongzhiMap } from "../js/map/element.js";

customElements.define("gz-map", GongzhiMap);
