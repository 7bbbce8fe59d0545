import type { Bounds, Diagram } from '@baton/contracts';

export type { Bounds };
export type Shape = Diagram['shapes'][number];
export type Edge = Diagram['edges'][number];
export type Point = Edge['waypoints'][number];
