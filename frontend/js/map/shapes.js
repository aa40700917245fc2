// Where warnings hold: areas in the colour of their level, with a border that shows without colour.
const CORNERS = 64;
const KM_PER_DEGREE = 111.195;
const LEVELS = ["Extreme", "Severe", "Moderate", "Minor"];

function byLevel(colour) {
  return ["match", ["get", "level"], ...LEVELS.flatMap((level) => [level, colour[`level-${level.toLowerCase()}`]]), colour["level-over"]];
}

/** Draw a GeoJSON FeatureCollection of areas; each has its `level`. */
export function drawShapes(map, colour, content) {
  map.addSource("shapes", { type: "geojson", data: content });
  map.addLayer({ id: "shapes", type: "fill", source: "shapes", paint: { "fill-color": byLevel(colour), "fill-opacity": 0.26 } }, "towns-label");
  map.addLayer({ id: "shapes-edge", type: "line", source: "shapes", paint: { "line-color": byLevel(colour), "line-width": 2.5 } }, "towns-label");
}

/** [[west, south], [east, north]] of what is drawn; null when there is nothing. */
export function boxOf(content) {
  const box = [[180, 90], [-180, -90]];
  const widen = (at) => {
    if (typeof at[0] !== "number") return at.forEach(widen);
    box[0] = [Math.min(box[0][0], at[0]), Math.min(box[0][1], at[1])];
    box[1] = [Math.max(box[1][0], at[0]), Math.max(box[1][1], at[1])];
  };
  for (const { geometry } of content.features) widen(geometry.coordinates ?? geometry.geometries?.map((one) => one.coordinates) ?? []);
  return box[0][0] <= box[1][0] ? box : null;
}

/** A circle on the ground as a GeoJSON ring. */
export function ring(lat, lon, km) {
  const up = km / KM_PER_DEGREE;
  const across = up / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  return Array.from({ length: CORNERS + 1 }, (_, step) => {
    const at = (2 * Math.PI * step) / CORNERS;
    return [lon + across * Math.cos(at), lat + up * Math.sin(at)];
  });
}

/** Where somebody says that they are: the circle in which they may be, and its middle; or nothing.
 * What to look at then as [[west, south], [east, north]]. */
export function drawProposed(map, colour, told) {
  const circle = told && { type: "Polygon", coordinates: [ring(told.lat, told.lon, Math.max(told.accuracy, 5) / 1000)] };
  const features = told ? [circle, { type: "Point", coordinates: [told.lon, told.lat] }].map((geometry) => ({ type: "Feature", properties: {}, geometry })) : [];
  const content = { type: "FeatureCollection", features };
  if (map.getSource("proposed")) map.getSource("proposed").setData(content);
  else addProposed(map, colour, content);
  return boxOf(content);
}

function addProposed(map, colour, data) {
  map.addSource("proposed", { type: "geojson", data });
  const [areas, points] = ["Polygon", "Point"].map((kind) => ["==", ["geometry-type"], kind]);
  map.addLayer({ id: "proposed", type: "fill", source: "proposed", filter: areas, paint: { "fill-color": colour.select, "fill-opacity": 0.14 } });
  map.addLayer({ id: "proposed-edge", type: "line", source: "proposed", filter: areas, paint: { "line-color": colour.select, "line-width": 2, "line-dasharray": [2, 1.5] } });
  map.addLayer({ id: "proposed-dot", type: "circle", source: "proposed", filter: points, paint: { "circle-radius": 6, "circle-color": colour.select, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
}
