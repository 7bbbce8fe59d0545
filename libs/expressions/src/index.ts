export { expressions, parseExpression, reads } from './expressions.js';
export type { ParsedExpression } from './parsed-expression.js';
export { compileFeel } from './feel/compile-feel.js';
export type { CompiledFeel, FeelResult } from './feel/compile-feel.js';
export { compileUnaryTests } from './feel/unary-tests.js';
export type { CompiledUnaryTests } from './feel/unary-tests.js';
export { feelFunction, isFeelFunction } from './feel/feel-function.js';
export type { FunctionValue } from './feel/feel-function.js';
export { toFeelValue, toJson } from './feel/feel-values.js';
