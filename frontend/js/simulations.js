// A map to point at a place is made when somebody opens it: six of them at once would be slow.

/** Every <details class="simulation-pin"> has its map in a <template>. */
export function startPins(root = document) {
  for (const pin of root.querySelectorAll(".simulation-pin")) {
    pin.addEventListener("toggle", () => {
      const kept = pin.querySelector("template");
      if (!pin.open || !kept) return;
      pin.append(kept.content);
      kept.remove();
    });
  }
}
