// What was recorded of a shift: fetched in pieces, and looked up for any moment of it.
// Times are seconds since the shift's start.

const RETURN = 300; // a way back takes as long as the way there, and this long at least

/** The last span that began at or before `t`; -1 before all. */
export function spanAt(spans, t) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle][0] <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function between(from, to, share) {
  if (!from || !to) return to ?? from;
  const part = Math.min(Math.max(share, 0), 1);
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

/** Places of a line that travelled as differences of whole hundred-thousandths, and how far (in
 *  degrees of latitude) each lies along it. */
export function unpack(packed) {
  const places = [];
  const upTo = [0];
  let lat = 0;
  let lon = 0;
  for (let at = 0; at < packed.length; at += 2) {
    lat += packed[at];
    lon += packed[at + 1];
    places.push([lat / 1e5, lon / 1e5]);
  }
  const flat = Math.cos((places[0][0] * Math.PI) / 180);
  for (let at = 1; at < places.length; at += 1) {
    const [a, b] = [places[at - 1], places[at]];
    upTo.push(upTo[at - 1] + Math.hypot(b[0] - a[0], (b[1] - a[1]) * flat));
  }
  return { places, upTo };
}

/** Where one is at this share of a way, and what of it lies ahead. */
export function along({ places, upTo }, share) {
  const reached = upTo.at(-1) * Math.min(Math.max(share, 0), 1);
  let next = 1;
  while (next < places.length - 1 && upTo[next] < reached) next += 1;
  const step = upTo[next] - upTo[next - 1];
  const place = between(places[next - 1], places[next], step ? (reached - upTo[next - 1]) / step : 1);
  return { place, ahead: [place, ...places.slice(next)] };
}

export class Record {
  constructor(outline) {
    Object.assign(this, outline);
    this.incidents = [];
    this.byId = new Map();
    this.pieces = Math.ceil(this.seconds / this.piece);
    this.calls = [];
    for (const unit of this.units) unit.ends = this.endsOf(unit);
  }

  add({ incidents }) {
    for (const one of incidents) if (!this.byId.has(one.id)) { this.byId.set(one.id, one); this.incidents.push(one); }
    this.calls = this.incidents.map((one) => one.spans[0][0]).filter((at) => at >= 0).sort((a, b) => a - b);
  }

  /** Which way units went, where the network knows it. */
  addWays({ ways }) {
    this.unitById ??= new Map(this.units.map((unit) => [unit.id, unit]));
    for (const [id, span, packed] of ways) {
      const unit = this.unitById.get(id);
      if (!unit?.spans[span]) continue;
      unit.spans[span].way = unpack(packed);
      unit.ends = null;
    }
    for (const unit of this.units) unit.ends ??= this.endsOf(unit);
  }

  /** Incidents that are open at `t`, in the order of the console's queue. */
  queueAt(t) {
    const open = [];
    for (const incident of this.incidents) {
      const at = spanAt(incident.spans, t);
      if (at < 0) continue;
      const [since, state] = incident.spans[at];
      if (state !== "over" && state !== "done") open.push({ incident, state, since, waited: t - since });
    }
    const rank = { waiting: 0, dispatched: 1, en_route: 1, on_scene: 2, untold: 3 };
    return open.sort((a, b) => rank[a.state] - rank[b.state] || a.incident.priority - b.incident.priority || a.incident.spans[0][0] - b.incident.spans[0][0]);
  }

  /** Every unit on duty at `t`: {unit, state, incident, place, way: what lies ahead while it
   *  moves, guess: that is only a straight line}. */
  unitsAt(t) {
    return this.units.map((unit) => this.unitAt(unit, t)).filter((one) => one && one.state !== "off_duty");
  }

  unitAt(unit, t) {
    const at = spanAt(unit.spans, t);
    if (at < 0) return null;
    const [since, state, incident] = unit.spans[at];
    const from = at > 0 ? unit.ends[at - 1] : unit.post;
    const scene = incident ? this.scenes[incident] : null;
    const told = { unit, state, incident, since, place: from, way: null };
    if (state === "on_scene") told.place = scene;
    if (state === "en_route") this.onTheWay(told, unit.spans[at], unit.spans[at + 1], from, scene, t);
    if (!incident && unit.post && from && from !== unit.post) this.onTheWayBack(told, unit, at, from, t);
    if (!incident && !unit.post) told.place = null;
    return told;
  }

  onTheWay(told, span, next, from, scene, t) {
    const arrives = next?.[1] === "on_scene" && next[2] === told.incident ? next[0] : null;
    const share = arrives === null ? 0 : (t - told.since) / Math.max(arrives - told.since, 1);
    if (span.way || (from && scene)) this.move(told, span.way, from, scene, share);
  }

  onTheWayBack(told, unit, at, from, t) {
    const share = (t - told.since) / unit.spans[at].takes;
    if (share < 1) { this.move(told, unit.spans[at].way, from, unit.post, share); told.back = true; }
    else told.place = unit.post;
  }

  move(told, way, from, to, share) {
    if (way) { const { place, ahead } = along(way, share); Object.assign(told, { place, way: ahead, guess: false }); return; }
    told.place = between(from, to, share);
    Object.assign(told, { way: [told.place, to], guess: true });
  }

  /** Where a unit is as each of its spans ends. */
  endsOf(unit) {
    const ends = [];
    let there = unit.post;
    let took = RETURN;
    unit.spans.forEach((span, at) => {
      const [since, state, incident] = span;
      const until = unit.spans[at + 1]?.[0] ?? this.seconds;
      span.takes = Math.max(took, RETURN);
      if (state === "en_route" && unit.spans[at + 1]?.[1] === "on_scene") took = until - since;
      if (state === "on_scene") there = this.scenes[incident] ?? there;
      else if (state === "off_duty") there = unit.post ?? there;
      else if (!incident && unit.post) there = this.backBy(span, there, unit.post, (until - since) / span.takes);
      ends.push(there);
    });
    return ends;
  }

  backBy(span, there, post, share) {
    if (share >= 1 || !there) return post;
    return span.way ? along(span.way, share).place : between(there, post, share);
  }

  /** The moment at which somebody waits longest. */
  tightest() {
    const { longest, seconds } = this.strip;
    const worst = longest.indexOf(Math.max(...longest));
    return worst < 0 || !longest[worst] ? null : Math.max(0, (worst + 1) * seconds - longest[worst]);
  }

  callAfter(t) { return this.calls.find((at) => at > t) ?? null; }
  callBefore(t) { return this.calls.findLast((at) => at < t) ?? null; }
}

async function fetched(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Lines along the network; a shift plays without them, too, and says so. */
async function withWays(root, record, numbers) {
  const url = (number) => root.dataset.waysUrl.replace("/0/", `/${number}/`);
  for (const number of numbers) {
    try { record.addWays(await fetched(url(number))); } catch { record.straight = true; }
  }
}

/** The outline first, then hour by hour: from the hour of `at` on, then those before. */
export async function load(root, at, arrived) {
  const record = new Record(await fetched(root.dataset.outlineUrl));
  const here = Math.min(Math.floor(at / record.piece), record.pieces - 1);
  const order = [...Array(record.pieces).keys()].sort((a, b) => (a < here) - (b < here) || a - b);
  const first = new Set([0, here]);
  const url = (number) => root.dataset.pieceUrl.replace("/0/", `/${number}/`);
  for (const number of first) record.add(await fetched(url(number)));
  arrived(record);
  await withWays(root, record, [...first]);
  arrived(record);
  for (const number of order.filter((each) => !first.has(each))) {
    record.add(await fetched(url(number)));
    await withWays(root, record, [number]);
    arrived(record);
  }
  return record;
}
