// The strip: calls as bars, waiting incidents as a surface, units at work as a line.

const SVG = "http://www.w3.org/2000/svg";
const HIGH = 100;
const LONG = 300; // seconds after which a wait is marked

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function bars(values, most, from, high) {
  return values.map((value, at) => (value ? `M${at + 0.15} ${from}v${(-high * value) / most}h.7v${(high * value) / most}z` : "")).join("");
}

function steps(values, most, from, high) {
  const points = values.map((value, at) => `${at ? "L" : "M"}${at} ${from - (high * value) / most}h1`);
  return points.join("");
}

export class Strip {
  constructor(element, record, { seek, say, clock }) {
    this.element = element;
    this.record = record;
    this.say = say;
    this.clock = clock;
    this.draw();
    element.addEventListener("pointerdown", (event) => { element.setPointerCapture(event.pointerId); seek(this.at(event)); });
    element.addEventListener("pointermove", (event) => { if (event.buttons) seek(this.at(event)); this.point(event); });
    element.addEventListener("pointerleave", () => { this.hovered = null; });
  }

  at(event) {
    const box = this.element.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * this.record.seconds;
  }

  point(event) { this.say(this.words(this.at(event))); }

  draw() {
    const { strip } = this.record;
    const wide = this.record.seconds / strip.seconds;
    const most = (values) => Math.max(...values, 4);
    const svg = shape("svg", { viewBox: `0 0 ${wide} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    svg.append(...this.hours(wide));
    const tall = most(strip.waiting);
    svg.append(shape("path", { class: "strip-calls", d: bars(strip.calls, most(strip.calls), HIGH, 42) }));
    svg.append(shape("path", { class: "strip-waiting", d: bars(strip.waiting, tall, 56, 50) }));
    svg.append(shape("path", { class: "strip-long", d: bars(strip.waiting.map((n, at) => (strip.longest[at] > LONG ? n : 0)), tall, 56, 50) }));
    svg.append(shape("path", { class: "strip-working", d: steps(strip.working, Math.max(...strip.on_duty, ...strip.working, 1), 98, 92) }));
    this.marks = document.createElement("span");
    this.marks.className = "strip-now";
    const labels = document.createElement("span");
    labels.className = "strip-hours";
    labels.append(...this.labels());
    this.element.replaceChildren(svg, labels, this.marks);
  }

  hours(wide) {
    const lines = [];
    for (let at = 3600 - (this.clock(0).minute * 60); at < this.record.seconds; at += 3600) {
      const x = (at / this.record.seconds) * wide;
      lines.push(shape("path", { class: "strip-hour", d: `M${x} 0V${HIGH}` }));
    }
    return lines;
  }

  labels() {
    const found = [];
    const every = this.record.seconds > 12 * 3600 ? 3 : 1;
    for (let at = 3600 - (this.clock(0).minute * 60); at < this.record.seconds - 600; at += 3600) {
      const { hour } = this.clock(at);
      if (hour % every) continue;
      const label = document.createElement("span");
      label.textContent = `${String(hour).padStart(2, "0")}:00`;
      label.style.left = `${(100 * at) / this.record.seconds}%`;
      found.push(label);
    }
    return found;
  }

  /** Numbers of the step around `t`. */
  numbers(t) {
    const { strip } = this.record;
    const at = Math.min(Math.floor(t / strip.seconds), strip.calls.length - 1);
    return { calls: strip.calls[at], waiting: strip.waiting[at], longest: strip.longest[at], working: strip.working[at], duty: strip.on_duty[at] };
  }

  words(t) { return { t, ...this.numbers(t) }; }

  move(t) {
    this.marks.style.left = `${(100 * t) / this.record.seconds}%`;
  }
}
