export * from './client.js';
export * from './job-worker.js';
export { eventData, type FollowOptions } from './live.js';
export * from './problem.js';
export { Session, inMemory, type TokenStore } from './session.js';
