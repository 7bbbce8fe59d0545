export * from './play.js';
export * from './options.js';
export * from './process-builder.js';
export * from './seeded-random.js';
export * from './tiny-expressions.js';
