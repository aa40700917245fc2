// The map as a picture, with what one must know to read it. Units are left out.

const LINE = 22;
const MARGIN = 14;

function wrapped(pen, text, width) {
  const lines = [""];
  for (const part of text.split(/(?<=[\s\p{P}])/u)) {
    if (pen.measureText(lines.at(-1) + part).width > width && lines.at(-1)) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines;
}

function painted(source, legend, words, rule) {
  const canvas = document.createElement("canvas");
  const scale = source.width / source.clientWidth;
  const pen = canvas.getContext("2d");
  const font = `${14 * scale}px sans-serif`;
  pen.font = font;
  const width = source.width - 2 * MARGIN * scale;
  const above = words.flatMap((one) => wrapped(pen, one, width));
  const below = wrapped(pen, rule, width);
  const signs = [...legend.querySelectorAll("li")];
  const head = (above.length * LINE + MARGIN) * scale;
  canvas.width = source.width;
  canvas.height = source.height + head + ((below.length + 1) * LINE + 2 * MARGIN) * scale;
  pen.font = font;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, head);
  pen.fillStyle = "#14262c";
  above.forEach((one, at) => pen.fillText(one, MARGIN * scale, (LINE * (at + 1)) * scale));
  let x = MARGIN * scale;
  const y = head + source.height + LINE * scale;
  for (const one of signs) {
    const style = getComputedStyle(one.querySelector("i"));
    pen.fillStyle = style.backgroundColor;
    pen.strokeStyle = style.borderTopColor;
    pen.fillRect(x, y - 11 * scale, 16 * scale, 12 * scale);
    pen.strokeRect(x, y - 11 * scale, 16 * scale, 12 * scale);
    pen.fillStyle = "#14262c";
    pen.fillText(one.textContent, x + 21 * scale, y);
    x += pen.measureText(one.textContent).width + 40 * scale;
  }
  below.forEach((one, at) => pen.fillText(one, MARGIN * scale, y + LINE * (at + 1) * scale));
  return canvas;
}

/** Save what the map shows as a PNG. */
export function savePicture(element, legend, words, rule) {
  const { map } = element;
  const shown = map.getLayoutProperty("units", "visibility") !== "none";
  element.turn("units", false);
  map.once("idle", () => map.once("render", () => {
    const canvas = painted(map.getCanvas(), legend, words, rule);
    element.turn("units", shown);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "maps.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }, "image/png");
  }).triggerRepaint());
  map.triggerRepaint();
}
