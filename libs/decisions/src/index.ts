export { parseDmn } from './parse-dmn.js';
export { DmnInvalid } from './dmn-invalid.js';
export type { DmnProblem } from './dmn-invalid.js';
export type { Decision, DmnModel } from './model.js';
export { decide, decisionPort } from './decide.js';
export { decisionInputs } from './decision-inputs.js';
export type { DecisionInput } from './decision-inputs.js';
