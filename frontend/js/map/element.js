// <gz-map>: the county on a canvas, with no outside request.
//
//   <gz-map data-worker-url="{% built 'map-worker.js' %}" data-layers-url="/layers/"
//           data-layers="land roads …" data-bounds="west,south,east,north" data-toggles="incidents units cells beats"
//           data-incidents-url=… data-units-url=… data-cells-url=… data-says="#id-of-json"
//           data-shapes="#id-of-geojson" data-draw (draw.js)
//           data-pick data-lat-input=… data-lon-input=… data-locate data-point="lat,lon"></gz-map>
//
// A map that is hidden is not drawn before it is shown.
// Methods: setIncidents(list), setUnits(list), setCells(list), select(id), reload(kind), fit(),
// turn(layer, on), point("lat,lon"), pointAt({lat, lon}), name(place). Events, all bubbling: gz:map-ready,
// gz:incident and gz:unit (detail.id), gz:picked (detail.lat, lon, how, accuracy).
import { LngLatBounds, Map as VectorMap, Marker, Popup, setWorkerUrl } from "maplibre-gl";
import { icon, make } from "../elements.js";
import { words } from "../words.js";
import { legend, TOGGLES, toggles, tools } from "./controls.js";
import { MapList } from "./list.js";
import { Drawing } from "./draw.js";
import { addOverlays, cellFeatures, coverFeatures, INCIDENTS, incidentFeatures, resolutionAt, unitFeatures } from "./overlays.js";
import { Choice, locate, Picker } from "./pick.js";
import { BASE_LAYERS, extent, FIRST, fetchLayer } from "./layers.js";
import { boxOf, drawProposed, drawShapes } from "./shapes.js";
import { colours, mapStyle } from "./style.js";
import { symbols } from "./symbols.js";

const FEATURES = { incidents: incidentFeatures, units: unitFeatures, cells: cellFeatures, cover: coverFeatures };
/** Asked for only while it is shown: it costs the server something. */
const WHEN_SHOWN = new Set(["cover"]);
const PADDING = { top: 48, right: 48, bottom: 40, left: 24 };
const ON_AT_FIRST = new Set(["incidents", "units", "pois"]);

function hasWebGL() {
  try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch { return false; }
}

function split(text) {
  return (text ?? "").split(/[\s,]+/).filter(Boolean);
}

export class GongzhiMap extends HTMLElement {
  static observedAttributes = ["hidden"];

  attributeChangedCallback() { if (this.isConnected) this.connectedCallback(); }

  async connectedCallback() {
    if (this.started || this.hidden) return;
    this.started = true;
    this.content = { incidents: [], units: [], cells: [], cover: [] };
    this.ready = new Promise((done) => { this.done = done; });
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list = new MapList(!hasWebGL());
    const { list } = this.dataset; // "instead": only where there is no map
    if (list !== "off" && (list !== "instead" || !hasWebGL())) this.after(this.list.element);
    this.list.element.hidden = true;
    for (const kind of Object.keys(FEATURES)) if (this.dataset[`${kind}Url`]) this.reload(kind);
    if (hasWebGL()) await this.open().catch((error) => this.fail("map.failed", error));
    else this.fail("pick" in this.dataset ? "map.no_webgl_pick" : "map.no_webgl");
  }

  disconnectedCallback() {
    this.map?.remove();
    this.map = null;
  }

  fail(key, error) {
    if (error) console.error(error);
    this.list.element.open = true;
    this.toggleAttribute("data-undrawable", true);
    this.replaceChildren(make("p", { class: "map-sentence" }, icon("map"), words(key)));
    if ("pick" in this.dataset) this.chooseWithoutMap();
    this.done();
  }

  /** An address from the list or the phone's own position does as well as a pin. */
  chooseWithoutMap() {
    this.picker = new Choice(this);
    this.picker.status.classList.add("map-status-alone");
    this.append(this.picker.status);
    this.picker.restore();
  }

  async open() {
    setWorkerUrl(new URL(this.dataset.workerUrl, location.href).href);
    const canvas = make("div", { class: "map-canvas" });
    this.prepend(canvas, make("p", { class: "map-sentence", "data-loading": true }, words("map.loading")));
    this.colour = colours(this);
    const wanted = new Set(this.dataset.layers ? split(this.dataset.layers) : BASE_LAYERS);
    this.map = this.newMap(canvas, wanted, await this.firstLayers(wanted));
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    // The style first, so that buttons and what moves need not wait for the last street.
    const drawn = new Promise((loaded) => this.map.once("load", loaded));
    await new Promise((styled) => this.map.once("style.load", styled));
    this.furnish();
    this.done();
    await drawn;
    this.settle();
    this.toggleAttribute("data-ready", true);
    this.dispatchEvent(new CustomEvent("gz:map-ready", { bubbles: true }));
  }

  /** The waiting sentence goes; over a county that nobody has drawn, another one says so. */
  settle() {
    const sentence = this.querySelector("[data-loading]");
    if (this.view || this.dataset.bounds) return sentence.remove();
    delete sentence.dataset.loading;
    sentence.dataset.undrawn = "";
    sentence.textContent = words("map.undrawn");
  }

  newMap(container, wanted, loaded) {
    this.view = extent(loaded.towns) ?? extent(loaded.outline);
    this.loaded = loaded;
    const language = document.documentElement.lang;
    const style = mapStyle({ colour: this.colour, language, loaded, wanted, url: (name) => this.layerUrl(name) });
    const map = new VectorMap({
      container, style, bounds: this.home(), fitBoundsOptions: { padding: this.padding() },
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0,
      renderWorldCopies: false, localIdeographFontFamily: false, fadeDuration: this.reduced || this.dataset.fade === "off" ? 0 : 150,
      minZoom: 4, maxZoom: 19, locale: { "Map.Title": words("map.map") },
    });
    const signs = this.signs = symbols(this.colour);
    map.on("styleimagemissing", ({ id }) => { if (signs[id] && !map.hasImage(id)) map.addImage(id, ...signs[id]); });
    map.on("error", ({ error, sourceId }) => { if (!sourceId) console.error(error); }); // a county may lack a layer
    return map;
  }

  furnish() {
    for (const [name, sign] of Object.entries(this.signs)) if (!this.map.hasImage(name)) this.map.addImage(name, ...sign);
    addOverlays(this.map, this.colour);
    const names = split(this.dataset.toggles).filter((name) => name in TOGGLES);
    const shown = new Set([...ON_AT_FIRST, ...split(this.dataset.shown)]);
    for (const name of shown) this.turn(name, true);
    const locator = "locate" in this.dataset ? () => this.locate() : null;
    this.append(tools(this.map, { fit: () => this.fit(), locate: locator }));
    if (names.length) this.append(toggles(names, shown, (name, on) => this.turn(name, on)), legend(this.signs, this.says(), names));
    this.listen();
    if ("pick" in this.dataset) this.picker = new Picker(this, this.map, Marker);
    if (this.dataset.point) this.mark();
    if (this.dataset.shapes) this.outline();
    if ("draw" in this.dataset) new Drawing(this, this.map, this.colour, this.loaded.towns);
  }

  /** Where warnings hold, and all of it in view. */
  outline() {
    const content = JSON.parse(document.querySelector(this.dataset.shapes).textContent);
    drawShapes(this.map, this.colour, content);
    const box = boxOf(content);
    if (box) { this.around = new LngLatBounds(...box); this.fit(); }
  }

  listen() {
    for (const [layer, kind] of [["incidents", "incident"], ["incidents-low", "incident"], ["incidents-dot", "incident"], ["selected", "incident"], ["units", "unit"], ["units-chip", "unit"]]) {
      this.map.on("click", layer, (event) => this.choose(kind, event.features[0].properties.id));
      this.map.on("mouseenter", layer, (event) => this.hover(event.features[0]));
      this.map.on("mouseleave", layer, () => this.unhover());
    }
    this.map.on("mousemove", "cover", (event) => this.tell(event));
    this.map.on("mouseleave", "cover", () => this.unhover());
    this.map.on("movestart", ({ originalEvent }) => { this.moved ||= Boolean(originalEvent); });
    new ResizeObserver(() => this.resized()).observe(this);
    let size = resolutionAt(this.map.getZoom());
    this.map.on("zoomend", () => {
      const now = resolutionAt(this.map.getZoom());
      if (now !== size && this.content.cells.length) this.set("cells", this.content.cells);
      size = now;
    });
  }

  /** Until somebody moves the map, it goes on showing the whole county. */
  resized() {
    this.map?.resize();
    if (this.map && !this.moved && !this.dataset.point) this.map.fitBounds(this.home(), { padding: this.padding(), duration: 0 });
  }

  choose(kind, id) {
    this.dispatchEvent(new CustomEvent(`gz:${kind}`, { bubbles: true, detail: { id } }));
  }

  hover(feature) {
    const { words: what, place, name, status_words: status, priority } = feature.properties;
    this.map.getCanvas().classList.add("map-hand");
    const lines = name ? [name, status] : [`P${priority} ${what ?? ""}`, place];
    const content = make("div", {}, make("b", {}, lines[0]), lines[1] ? make("div", {}, lines[1]) : null);
    this.popup ??= new Popup({ closeButton: false, closeOnClick: false, offset: 18, className: "map-popup" });
    this.popup.setLngLat(feature.geometry.coordinates).setDOMContent(content).addTo(this.map);
  }

  /** What a cell of cover says, where nothing else lies under the pointer. */
  tell({ features, lngLat, point }) {
    const above = ["incidents", "incidents-low", "incidents-dot", "units"].filter((layer) => this.map.getLayer(layer));
    if (this.map.queryRenderedFeatures(point, { layers: above }).length) return;
    this.popup ??= new Popup({ closeButton: false, closeOnClick: false, offset: 18, className: "map-popup" });
    this.popup.setLngLat(lngLat).setText(features[0].properties.sentence).addTo(this.map);
  }

  unhover() {
    this.map.getCanvas().classList.remove("map-hand");
    this.popup?.remove();
  }

  // --- what the page asks of the map ------------------------------------------------------------

  setIncidents(incidents) { return this.set("incidents", incidents); }
  setUnits(units) { return this.set("units", units); }
  setCells(cells) { return this.set("cells", cells); }

  async set(kind, content) {
    this.content[kind] = content;
    if (kind !== "cells" && kind !== "cover" && this.list.element.isConnected) this.list.show(kind, content, (which, id) => this.choose(which, id));
    await this.ready;
    const features = await FEATURES[kind](content, resolutionAt(this.map?.getZoom() ?? 10), this.says()[kind]);
    this.map?.getSource(kind)?.setData(features);
    if (kind === "incidents") this.select(this.selected);
  }

  /** Fetch a kind anew from its data-…-url: JSON, a list or {results: […]}. */
  async reload(kind) {
    if (WHEN_SHOWN.has(kind) && !this.hasAttribute(`data-on-${kind}`)) return;
    const answer = await fetch(this.dataset[`${kind}Url`], { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.json();
    await this.set(kind, Array.isArray(found) ? found : found.results ?? []);
  }

  /** Lift one incident above everything; `move` brings it into view. */
  async select(id, { move = false } = {}) {
    this.selected = id;
    await this.ready;
    if (!this.map) return;
    const one = this.content.incidents.find((each) => String(each.id) === String(id));
    this.map.getSource("selected").setData(incidentFeatures(one ? [one] : []));
    const other = ["!=", ["to-string", ["get", "id"]], String(id ?? "")];
    for (const [layer, own] of Object.entries(INCIDENTS)) this.map.setFilter(layer, ["all", own, other]);
    if (one && move) this.bring(one);
  }

  bring({ lat, lon }) {
    if (!this.map || !Number.isFinite(lat)) return;
    const close = this.map.getZoom() >= 12.5 && this.map.getBounds().contains([lon, lat]);
    this.moved = true;
    if (!close) this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), 13), duration: this.reduced ? 0 : 500 });
  }

  turn(name, on) {
    for (const layer of TOGGLES[name] ?? []) if (this.map.getLayer(layer)) this.map.setLayoutProperty(layer, "visibility", on ? "visible" : "none");
    this.toggleAttribute(`data-on-${name}`, on);
    if (on && WHEN_SHOWN.has(name) && this.dataset[`${name}Url`]) this.reload(name);
  }

  fit() {
    this.map?.fitBounds(this.home(), { padding: this.padding(), maxZoom: 14, duration: this.reduced ? 0 : 500 });
  }

  async pointAt({ lat, lon }) {
    await this.ready;
    this.moved = true;
    if (this.picker) this.picker.pick({ lat, lng: lon }, "address");
    else this.bring({ lat, lon });
  }

  /** Show where somebody says that they are ({lat, lon, accuracy} in metres), or nothing any more. */
  async propose(told) {
    await this.ready;
    if (!this.map || (!told && !this.map.getSource("proposed"))) return;
    const box = drawProposed(this.map, this.colour, told);
    this.moved ||= !!told;
    if (told) this.map.fitBounds(box, { padding: this.padding(), maxZoom: 16, duration: this.reduced ? 0 : 500 });
  }

  unpick() { this.picker?.clear(); }

  name(place) { this.picker?.name(place); }

  // --- inside -------------------------------------------------------------------------------------

  says() {
    return JSON.parse(document.querySelector(this.dataset.says || "#none")?.textContent ?? "{}");
  }

  layerUrl(name) {
    return new URL(`${this.dataset.layersUrl}${name}.geojson`, location.href).href;
  }

  /** {outline, land, towns, villages}: those that decide how the rest is drawn. */
  async firstLayers(wanted) {
    if (!this.dataset.layersUrl) return {};
    const names = FIRST.filter((name) => wanted.has(name));
    const found = await Promise.all(names.map((name) => fetchLayer(this.layerUrl(name))));
    return Object.fromEntries(names.map((name, at) => [name, found[at]]));
  }

  bounds() {
    const [west, south, east, north] = split(this.dataset.bounds).map(Number);
    const known = Number.isFinite(north);
    return known ? new LngLatBounds([west, south], [east, north]) : new LngLatBounds([73, 18], [135, 54]);
  }

  /** What "the whole county" shows: its towns, else its outline, else the given bounds; those at
   *  once with data-home="bounds". */
  home() {
    if (this.around) return this.around;
    if (this.dataset.home === "bounds") return this.bounds();
    return this.view ?? this.bounds();
  }

  padding() {
    return this.clientHeight < 420 ? 20 : PADDING;
  }

  /** The one place that the map is about is another one now. */
  point(place) {
    if (this.dataset.point === place) return;
    this.dataset.point = place;
    if (this.map) this.mark();
  }

  mark() {
    const [lat, lon] = split(this.dataset.point).map(Number);
    this.pin ??= new Marker({ element: make("div", { class: "map-pin" }, icon("pin")), anchor: "bottom" });
    this.pin.setLngLat([lon, lat]).addTo(this.map);
    this.map.jumpTo({ center: [lon, lat], zoom: 14.5 });
  }

  locate() {
    const inside = (at) => !this.dataset.bounds || this.bounds().contains(at);
    const status = this.picker?.status ?? this.statusLine();
    locate({
      say: (sentence) => { status.textContent = sentence; },
      inside,
      found: (at, accuracy, zoom) => (this.picker ? this.picker.pick(at, "located", accuracy) : this.map?.easeTo({ center: at, zoom })),
    });
  }

  statusLine() {
    this.line ??= this.appendChild(make("p", { class: "map-status map-status-alone", role: "status" }));
    return this.line;
  }
}
