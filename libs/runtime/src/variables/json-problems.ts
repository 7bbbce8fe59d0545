import { AppError } from '@baton/contracts';
import { JSON_DEPTH_MAX } from './limits.js';

const at = (pointer: string) => (pointer === '' ? 'the document' : pointer);
const problem = (code: string, status: number, message: string, pointer = '') =>
  new AppError(code, status, message, [{ code, message, ...(pointer !== '' && { pointer }) }]);

export const jsonMalformed = (offset: number) =>
  problem('json-malformed', 400, `This is not JSON: unexpected text at character ${offset + 1}. Check it with any JSON validator.`);
export const jsonEmpty = () => problem('json-empty', 400, 'The body is empty, but JSON was announced. Send at least {}.');
export const jsonTooDeep = () => problem('json-too-deep', 400, `Objects and lists may nest ${JSON_DEPTH_MAX} deep. Flatten the data.`);
export const duplicateKey = (pointer: string) =>
  problem('json-duplicate-key', 400, `The key at ${at(pointer)} stands twice in its object. Keep one.`, pointer);
export const forbiddenKey = (pointer: string) =>
  problem('json-forbidden-key', 400, `The key at ${at(pointer)} is not allowed. Rename it.`, pointer);
export const reservedName = (pointer: string) =>
  problem('variable-name-reserved', 422, `The variable at ${at(pointer)} has a reserved name. Rename it.`, pointer);
export const numberNotSafe = (pointer: string) =>
  problem('number-not-safe', 422, `The number at ${at(pointer)} cannot be kept exactly. Send it as text, or with fewer digits.`, pointer);
export const textNotWellFormed = (pointer: string) =>
  problem('text-not-well-formed', 400, `The text at ${at(pointer)} holds a NUL or half a character. Send well-formed Unicode.`, pointer);
export const notJson = (pointer: string) =>
  problem(
    'validation-failed',
    422,
    `The value at ${at(pointer)} is not JSON. Send null, true, false, a number, text, a list or an object.`,
    pointer,
  );
export const variableTooLarge = (pointer: string, bytesMax: number) =>
  problem(
    'variable-too-large',
    422,
    `The data at ${at(pointer)} is larger than ${bytesMax / 1024} KiB. Keep a reference to it instead.`,
    pointer,
  );
