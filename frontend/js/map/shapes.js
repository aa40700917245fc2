// Where warnings hold: areas in the colour of their level, with a border that shows without colour.
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
