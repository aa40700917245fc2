// A position that a caller sent: shown on the map as long as the page proposes it.
//   <div data-here data-lat data-lon data-accuracy>

/** Draw what `root` proposes on the map; the same one is looked at once. */
export function showProposed(root, map) {
  const { lat, lon, accuracy } = root?.querySelector("[data-here]")?.dataset ?? {};
  const told = lat ? { lat: Number(lat), lon: Number(lon), accuracy: Number(accuracy) } : null;
  const as = JSON.stringify(told);
  if (!map || map.proposing === as || (!told && !map.proposing)) return;
  map.proposing = as;
  map.propose?.(told);
}
