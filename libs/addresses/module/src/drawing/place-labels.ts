import { SIDE, along, lengthOf } from './shapes-on-map';
import type { Dot } from './shapes-on-map';

/** A name where it stands, turned as its street runs; on a street that bends, along a path of its own. */
export interface Label extends Dot { readonly text: string; readonly size: number; /** Degrees clockwise. */ readonly turn: number; readonly kind: string; readonly path?: readonly Dot[] }

/** Part of the size of the letters that an average letter is wide, in a sans serif. */
const LETTER = 0.54;

/** Sets names down one after the other, each only where no other stands yet. */
export class LabelPlacer {
  readonly labels: Label[] = [];
  readonly #taken: (Dot & { readonly radius: number })[] = [];

  /** Keeps a circle free of names. */
  keepFree(dot: Dot, radius: number): void { this.#taken.push({ ...dot, radius }); }

  /** Along a line, as near to its middle as it fits; returns whether it did. */
  alongLine(text: string, line: readonly Dot[], size: number, kind: string): boolean {
    const width = text.length * size * LETTER;
    const length = lengthOf(line);
    if (length < width * 1.05) return false;
    const middle = length / 2;
    for (const offset of [0, 0.15, -0.15, 0.3, -0.3, 0.42, -0.42]) {
      const at = middle + offset * (length - width);
      const from = along(line, at - width / 2); const to = along(line, at + width / 2); const dot = along(line, at);
      const chord = Math.hypot(to.x - from.x, to.y - from.y);
      const centre = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      // Letters stand on a straight line: where the street bends under them they would leave it.
      if (chord < width * 0.94 || Math.hypot(dot.x - centre.x, dot.y - centre.y) > size * 0.5) continue;
      const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
      const turn = Math.round(angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle);
      if (this.#place({ text, size, kind, turn, x: Math.round((centre.x + dot.x) / 2), y: Math.round((centre.y + dot.y) / 2) })) return true;
    }
    return this.#roundBend(text, line, size, kind, width, length);
  }

  /** On a street that bends gently, the name bends with it. */
  #roundBend(text: string, line: readonly Dot[], size: number, kind: string, width: number, length: number): boolean {
    const room = width * 1.12;
    if (length < room) return false;
    for (const offset of [0, 0.2, -0.2, 0.42, -0.42]) {
      const start = length / 2 + offset * (length - room) - room / 2;
      const count = Math.max(4, Math.ceil(room / size));
      const dots = Array.from({ length: count + 1 }, (_, at) => along(line, start + (room * at) / count));
      const turns = dots.slice(1).map((dot, at) => Math.atan2(dot.y - (dots[at] as Dot).y, dot.x - (dots[at] as Dot).x));
      // Sharper than this, letters would fall over one another.
      if (turns.some((turn, at) => at > 0 && Math.cos(turn - (turns[at - 1] as number)) < 0.9)) continue;
      const first = dots[0] as Dot; const last = dots.at(-1) as Dot;
      const path = last.x < first.x ? [...dots].reverse() : dots;
      if (this.#keep(path.map((dot) => ({ ...dot, radius: size * 0.55 })), { text, size, kind, turn: 0, ...(path[count >> 1] as Dot), path })) return true;
    }
    return false;
  }

  /** Level, with its middle on the dot. */
  at(text: string, dot: Dot, size: number, kind: string): boolean {
    return this.#place({ text, size, kind, turn: 0, x: Math.round(dot.x), y: Math.round(dot.y) });
  }

  #place(label: Label): boolean {
    const half = (label.text.length * label.size * LETTER) / 2;
    const radius = label.size * 0.55;
    const cos = Math.cos((label.turn * Math.PI) / 180); const sin = Math.sin((label.turn * Math.PI) / 180);
    const beads: (Dot & { readonly radius: number })[] = [];
    const count = Math.max(1, Math.ceil((2 * half) / label.size));
    for (let bead = 0; bead <= count; bead++) {
      const away = -half + (2 * half * bead) / count;
      beads.push({ x: label.x + cos * away, y: label.y + sin * away, radius });
    }
    return this.#keep(beads, label);
  }

  /** Takes the label when nothing stands yet where its beads are. */
  #keep(beads: readonly (Dot & { readonly radius: number })[], label: Label): boolean {
    for (const bead of beads) {
      const { radius } = bead;
      if (bead.x < radius || bead.y < radius || bead.x > SIDE - radius || bead.y > SIDE - radius) return false;
      for (const taken of this.#taken) if (Math.hypot(taken.x - bead.x, taken.y - bead.y) < taken.radius + bead.radius) return false;
    }
    this.#taken.push(...beads);
    this.labels.push(label);
    return true;
  }
}
