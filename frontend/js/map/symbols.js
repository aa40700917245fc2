// The map's signs, drawn once on a canvas: the same shapes as in the lists (octagon, diamond,
// ring, dot), so that a priority is known by its form.

const RATIO = 3; // sharp on dense screens
const TAU = Math.PI * 2;

function drawn(size, paint, options = {}) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * RATIO;
  const pen = canvas.getContext("2d");
  pen.scale(RATIO, RATIO);
  paint(pen, size);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return [{ width: canvas.width, height: canvas.height, data }, { pixelRatio: RATIO, ...options }];
}

function polygon(pen, points) {
  pen.beginPath();
  points.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
}

const SHAPES = {
  1: (pen, c, r) => polygon(pen, [...Array(8).keys()].map((k) => [c + r * Math.cos(TAU * (k + 0.5) / 8), c + r * Math.sin(TAU * (k + 0.5) / 8)])),
  2: (pen, c, r) => polygon(pen, [[c, c - r * 1.08], [c + r * 1.08, c], [c, c + r * 1.08], [c - r * 1.08, c]]),
  3: (pen, c, r) => { pen.beginPath(); pen.arc(c, c, r * 0.9, 0, TAU); },
  4: (pen, c, r) => { pen.beginPath(); pen.arc(c, c, r * 0.74, 0, TAU); },
};

function outline(pen, colour, width) {
  pen.lineJoin = "round";
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

function incident(colour, level, late) {
  const look = {
    1: { fill: colour.p1, edge: "#fff", ink: "#fff" },
    2: { fill: colour.p2, edge: colour["p2-line"], ink: colour["p2-ink"] },
    3: { fill: "#fff", edge: colour.p3, ink: colour.p3 },
    4: { fill: "#fff", edge: colour.p4, ink: colour.p4 },
  }[level];
  return drawn(34, (pen, size) => {
    const centre = size / 2;
    pen.shadowColor = "rgb(10 30 36 / 45%)";
    pen.shadowBlur = 4 * RATIO;
    pen.shadowOffsetY = RATIO;
    SHAPES[level](pen, centre, 12);
    pen.fillStyle = look.fill;
    pen.fill();
    pen.shadowColor = "transparent";
    outline(pen, "#fff", 4);
    SHAPES[level](pen, centre, 12);
    pen.fill();
    outline(pen, look.edge, level === 3 ? 2.6 : level === 1 ? 1 : 1.8);
    digit(pen, level, centre, look.ink);
    if (late) lateMark(pen, colour);
  });
}

function digit(pen, level, centre, ink) {
  pen.fillStyle = ink;
  pen.font = `${level < 3 ? 800 : 600} ${level === 4 ? 11 : 13}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(String(level), centre, centre + 0.8);
}

/** A small clock with an exclamation at the upper right: waited too long. */
function lateMark(pen, colour) {
  pen.beginPath();
  pen.arc(27, 7.5, 6, 0, TAU);
  pen.fillStyle = "#fff";
  pen.fill();
  outline(pen, colour.p1, 1.8);
  pen.fillStyle = colour.p1;
  pen.fillRect(26.2, 4, 1.6, 4.4);
  pen.fillRect(26.2, 9.4, 1.6, 1.7);
}

function ring(colour) {
  return drawn(56, (pen, size) => {
    pen.beginPath();
    pen.arc(size / 2, size / 2, 22, 0, TAU);
    pen.fillStyle = "rgb(255 255 255 / 55%)";
    pen.fill();
    outline(pen, colour.select, 4);
    pen.beginPath();
    pen.arc(size / 2, size / 2, 25, 0, TAU);
    outline(pen, "#fff", 2);
  });
}

const GLYPHS = {
  free: (pen) => { pen.beginPath(); pen.arc(10, 10, 3, 0, TAU); pen.fill(); },
  enroute: (pen) => { polygon(pen, [[7, 5.5], [14.5, 10], [7, 14.5]]); pen.fill(); },
  onscene: (pen) => { pen.beginPath(); pen.moveTo(5.8, 10.2); pen.lineTo(8.8, 13.2); pen.lineTo(14.2, 7); outline(pen, pen.fillStyle, 2.4); },
  busy: (pen) => { pen.fillRect(6.4, 6, 2.6, 8); pen.fillRect(11, 6, 2.6, 8); },
  off: (pen) => { pen.fillRect(5.5, 8.8, 9, 2.4); },
};

function unit(colour, status) {
  const hollow = status === "free" || status === "off";
  const ink = status === "off" ? colour.p4 : colour.unit;
  return drawn(20, (pen) => {
    pen.beginPath();
    pen.roundRect(2, 2, 16, 16, 4);
    pen.fillStyle = hollow ? "#fff" : ink;
    pen.fill();
    outline(pen, hollow ? ink : "#fff", hollow ? 2.6 : 1.6);
    pen.fillStyle = hollow ? ink : "#fff";
    GLYPHS[status](pen);
  });
}

/** A label's ground that stretches with its text. */
function chip(fill, edge) {
  const across = [[6 * RATIO, 14 * RATIO]];
  return drawn(20, (pen) => {
    pen.beginPath();
    pen.roundRect(1, 1, 18, 18, 4);
    pen.fillStyle = fill;
    pen.fill();
    outline(pen, edge, 1.2);
  }, { stretchX: across, stretchY: across, content: [4 * RATIO, 3 * RATIO, 16 * RATIO, 17 * RATIO] });
}

function dot(fill, radius) {
  return drawn(12, (pen) => {
    pen.beginPath();
    pen.arc(6, 6, radius, 0, TAU);
    pen.fillStyle = fill;
    pen.fill();
    outline(pen, "#fff", 1.4);
  });
}

function peak(colour) {
  return drawn(12, (pen) => {
    polygon(pen, [[6, 2], [10.5, 9.5], [1.5, 9.5]]);
    pen.fillStyle = colour["text-hill"];
    pen.fill();
  });
}

function pier(colour) {
  return drawn(16, (pen) => {
    pen.beginPath();
    pen.arc(8, 8, 6.4, 0, TAU);
    pen.fillStyle = colour.ferry;
    pen.fill();
    outline(pen, "#fff", 1.4);
    pen.beginPath();
    pen.moveTo(8, 4.4);
    pen.lineTo(8, 11.4);
    pen.moveTo(4.8, 8.6);
    pen.quadraticCurveTo(5.2, 11.4, 8, 11.4);
    pen.quadraticCurveTo(10.8, 11.4, 11.2, 8.6);
    outline(pen, "#fff", 1.3);
  });
}

function station(colour) {
  return drawn(18, (pen) => {
    polygon(pen, [[9, 1.5], [15.5, 4], [15, 10], [9, 16.5], [3, 10], [2.5, 4]]);
    pen.fillStyle = colour["text-station"];
    pen.fill();
    outline(pen, "#fff", 1.6);
  });
}

/** {name: [image, options]} of every sign. */
export function symbols(colour) {
  const signs = { ring: ring(colour), place: dot(colour["text-faint"], 2.4), known: dot(colour["text-soft"], 3.4), peak: peak(colour), pier: pier(colour), station: station(colour) };
  for (const level of [1, 2, 3, 4]) {
    signs[`incident-${level}`] = incident(colour, level, false);
    signs[`incident-${level}-late`] = incident(colour, level, true);
  }
  for (const status of Object.keys(GLYPHS)) signs[`unit-${status}`] = unit(colour, status);
  signs["chip-free"] = chip("#ffffff", colour.unit);
  signs["chip-busy"] = chip(colour.unit, "#ffffff");
  signs["chip-off"] = chip("#eef1f1", colour.p4);
  return signs;
}
