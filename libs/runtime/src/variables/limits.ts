/** Nesting of objects and lists in any JSON that enters. */
export const JSON_DEPTH_MAX = 64;
/** JSON bytes of one variable. */
export const VARIABLE_BYTES_MAX = 256 * 1024;
/** JSON bytes of all variables that enter an instance at once, and of all it holds. */
export const VARIABLES_BYTES_MAX = 1024 * 1024;

/** Names that mean something to JavaScript objects. As variables they are refused, not renamed. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);
