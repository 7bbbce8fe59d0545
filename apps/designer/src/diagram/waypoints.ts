import type { Bounds } from '@baton/contracts';
import type { Point } from './drawing.js';

const CORNER = 6;
/** Between a line and the text beside it. */
const CLEARANCE = 3;

/** An SVG path along the waypoints, its corners a little rounded. */
export function pathAlong(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${at(first)}`];
  rest.forEach((point, index) => {
    const before = points[index];
    const after = points[index + 2];
    if (!before || !after) return void parts.push(`L${at(point)}`);
    const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2);
    parts.push(`L${at(towards(point, before, radius))}`, `Q${at(point)} ${at(towards(point, after, radius))}`);
  });
  return parts.join(' ');
}

/** Where a label goes that the file did not place: where its line begins, as one reads a gateway's answers. */
export function besideStart([from, to]: readonly Point[], { width, height }: Pick<Bounds, 'width' | 'height'>): Point {
  if (!from || !to) return { x: 0, y: 0 };
  const isFlat = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
  if (isFlat) return { x: to.x >= from.x ? from.x + 2 * CLEARANCE : from.x - width - 2 * CLEARANCE, y: from.y - height - CLEARANCE };
  return { x: from.x + 2 * CLEARANCE, y: to.y >= from.y ? from.y + 2 * CLEARANCE : from.y - height - 2 * CLEARANCE };
}

/**
 * Where a label's box goes so that no straight part of its own line runs through the text: the file's place, or as
 * little beside it as will do. Files place labels for their tool's font, often touching the line.
 */
export function besideLine(box: Bounds, points: readonly Point[]): Point {
  const place = { x: box.x, y: box.y };
  for (const [index, from] of points.slice(0, -1).entries()) {
    const to = points[index + 1] ?? from;
    const isFlat = Math.abs(from.y - to.y) < 1;
    const isUpright = Math.abs(from.x - to.x) < 1;
    const crossesX = Math.min(from.x, to.x) < place.x + box.width && Math.max(from.x, to.x) > place.x;
    const crossesY = Math.min(from.y, to.y) < place.y + box.height && Math.max(from.y, to.y) > place.y;
    if (!crossesX || !crossesY) continue;
    if (isFlat) place.y = from.y <= place.y + box.height / 2 ? from.y + CLEARANCE : from.y - box.height - CLEARANCE;
    else if (isUpright) place.x = from.x <= place.x + box.width / 2 ? from.x + CLEARANCE : from.x - box.width - CLEARANCE;
  }
  return place;
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  const share = whole === 0 ? 0 : length / whole;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
