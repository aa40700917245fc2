// Choosing a point: tap the map, or move the map under the crosshair and press the button
// (arrow keys and Enter do the same), or let the phone find itself. Nothing needs a fine finger.
import { button, icon, make } from "../elements.js";
import { words } from "../words.js";

const DIGITS = 6; // about 0.1 m
const ACCURATE_ENOUGH = 16;

/** {lat, lon} as numbers of six digits. */
function rounded({ lng, lat }) {
  return { lat: Number(lat.toFixed(DIGITS)), lon: Number(lng.toFixed(DIGITS)) };
}

/** The chosen point, kept in the form's fields: all of picking where no map can be drawn. */
export class Choice {
  /** `host` is the <gz-map>; data-lat-input and data-lon-input name the fields to fill. */
  constructor(host) {
    this.host = host;
    this.status = make("p", { class: "map-status", role: "status" });
    this.ask();
  }

  inputs() {
    return ["latInput", "lonInput", "accuracyInput"].map((name) => document.getElementById(this.host.dataset[name] ?? ""));
  }

  /** A draft or an address may have filled the fields. */
  restore() {
    const [lat, lon] = this.inputs();
    for (const input of [lat, lon]) input?.addEventListener("gz:restored", () => this.show());
    this.show();
  }

  show() {
    const [lat, lon] = this.inputs().map((input) => parseFloat(input?.value));
    if (Number.isFinite(lat) && Number.isFinite(lon)) this.pick({ lat, lng: lon }, "restored");
  }

  pick(at, how, accuracy = null) {
    const picked = { ...rounded(at), how, accuracy };
    this.host.setAttribute("data-picked", "");
    this.host.removeAttribute("data-aiming");
    this.status.textContent = words("map.picked", { lat: picked.lat.toFixed(5), lon: picked.lon.toFixed(5) });
    const [lat, lon, error] = this.inputs();
    if (lat) lat.value = picked.lat;
    if (lon) lon.value = picked.lon;
    if (error) error.value = accuracy == null ? "" : Math.round(accuracy);
    if (how === "restored") return;
    lat?.dispatchEvent(new Event("change", { bubbles: true }));
    this.host.dispatchEvent(new CustomEvent("gz:picked", { bubbles: true, detail: picked }));
  }

  ask() {}

  /** No point any more: the words that it stood for have changed. */
  clear() {
    this.host.removeAttribute("data-picked");
    this.status.textContent = "";
    this.ask();
  }

  /** Name the chosen place, once the page has looked it up. */
  name(place) {
    this.status.textContent = words("map.picked_at", { place });
  }
}

export class Picker extends Choice {
  constructor(host, map, Marker) {
    super(host);
    this.map = map;
    this.marker = new Marker({ element: make("div", { class: "map-pin" }, icon("pin")), anchor: "bottom", draggable: true });
    this.marker.on("dragend", () => this.pick(this.marker.getLngLat(), "drag"));
    this.cross = make("div", { class: "map-cross", "aria-hidden": "true" }, icon("crosshair"));
    this.choose = button(words("map.pick"), "primary", () => this.pick(map.getCenter(), "centre"));
    host.append(this.cross, make("div", { class: "map-pick" }, this.choose, this.status));
    map.on("movestart", ({ originalEvent }) => this.aim(Boolean(originalEvent)));
    map.on("click", (event) => this.pick(event.lngLat, "tap"));
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.pick(map.getCenter(), "centre"); }
    });
    this.restore();
  }

  /** The crosshair shows while somebody looks for the place, not once it is chosen. */
  aim(on) {
    if (on) this.host.setAttribute("data-aiming", "");
  }

  pick(at, how, accuracy = null) {
    this.host.moved = true;
    this.marker.setLngLat(at).addTo(this.map);
    // Far out, a thumb covers a village: come closer, so that the pin can be put right.
    const rough = this.map.getZoom() < 14;
    if (rough || (how !== "tap" && how !== "drag")) this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 15) });
    super.pick(at, how, accuracy);
  }

  ask() {
    this.status.textContent = words("map.pick_help");
  }

  clear() {
    this.marker.remove();
    super.clear();
  }
}

/** Ask the phone where it is; only ever called from a button. `say` shows a sentence. */
export function locate({ say, found, inside }) {
  if (!navigator.geolocation || !isSecureContext) return say(words("map.no_position"));
  say(words("map.locating"));
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const at = { lat: coords.latitude, lng: coords.longitude };
    if (!inside(at)) return say(words("map.outside"));
    found(at, coords.accuracy, ACCURATE_ENOUGH);
    say(words("map.located", { m: Math.round(coords.accuracy) }));
  }, (error) => say(words(error.code === error.PERMISSION_DENIED ? "map.denied" : "map.no_position")),
  { enableHighAccuracy: true, timeout: 12_000, maximumAge: 30_000 });
}
