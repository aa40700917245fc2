// Asking for pieces of a page again: each at most once at a time, soon after something moved.
import { fresh } from "./fresh.js";

const SOON = 120; // several events of one action arrive together
const CALM = 2500; // positions move all the time; the table needn't

/**
 * One piece: asks again `SOON` after it was wanted, and once more if wanted meanwhile. It isn't
 * drawn while `inUse()`; `behind` says that something newer is to be had.
 */
export class Piece {
  constructor(target, url, inUse = () => false) {
    this.target = target;
    this.url = url;
    this.inUse = inUse;
    this.behind = false;
    this.outdated = false;
    this.timer = 0;
    this.due = Infinity;
    this.asking = false;
    this.again = false;
  }

  want(wait = SOON) {
    const due = performance.now() + wait;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.ask(), wait);
  }

  calmly() { this.want(CALM); }

  /** We said something since: the answer that is on its way knows nothing of it. */
  outdate() { this.outdated = true; }

  async ask() {
    this.due = Infinity;
    if (this.asking) { this.again = true; return; }
    const url = this.url();
    if (!url) return;
    this.asking = true;
    this.outdated = false;
    try {
      this.behind = (await this.inUse()) || !(await fresh(this.target, url, () => this.outdated || this.inUse()));
    } finally {
      this.asking = false;
      if (this.again) { this.again = false; this.want(); }
    }
  }
}
