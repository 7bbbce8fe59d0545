import type { ActivityBase, ElementBase, ElementModel, Mapping } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readCall } from './call-activity.js';
import { undoesAnother } from './compensation.js';
import { readInputSets } from './data.js';
import { feel } from './expression.js';
import { readLoop } from './loops.js';
import { readMappings } from './mappings.js';
import { awaitedMessage } from './messages.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readSubProcess } from './sub-process.js';
import { readUserTask } from './user-task.js';
import { readWork } from './work.js';

/**
 * A task, call activity or sub-process; `undefined` (with an error) when it cannot be executed.
 *
 * @param kind  Its element name; for a global task the name of the task it stands for.
 */
export function readActivity(
  reading: Reading,
  element: XmlElement,
  base: ElementBase & { readonly defaultFlow?: string },
  kind = element.local,
): ElementModel | undefined {
  const common = readCommon(reading, element, base);
  if (!common) return undefined;
  switch (kind) {
    case 'userTask':
      return { kind, ...common, ...readUserTask(reading, element) };
    case 'serviceTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'sendTask':
      return { kind, ...common, work: readWork(reading, element, kind, common.inputs) };
    case 'task':
    case 'manualTask':
      return { kind, ...common };
    case 'receiveTask': {
      const instantiate = element.flag('instantiate') === true;
      return { kind, ...common, message: awaitedMessage(reading, element), ...(instantiate && { instantiate }) };
    }
    case 'callActivity': {
      const { inputs, outputs, ...rest } = common;
      const call = readCall(reading, element, { ...(inputs && { inputs }), ...(outputs && { outputs }) });
      return call && { kind, ...rest, ...call };
    }
    case 'subProcess':
    case 'transaction':
    case 'adHocSubProcess':
      return { kind: 'subProcess', ...common, ...readSubProcess(reading, element) };
    default:
      reading.error('bpmn-unsupported', `The ${kind} "${title(element)}" is not executed.`, element);
      return undefined;
  }
}

/** What every activity may have. */
function readCommon(
  reading: Reading,
  element: XmlElement,
  base: ElementBase & { readonly defaultFlow?: string },
): (ElementBase & ActivityBase) | undefined {
  const repeated = readLoop(reading, element);
  const startQuantity = quantity(reading, element, 'startQuantity');
  const completionQuantity = quantity(reading, element, 'completionQuantity');
  if (repeated === 'invalid') return undefined;
  const { inputs, outputs } = readMappings(reading, element);
  const given = [...indexMapping(repeated?.indexVariable), ...(inputs ?? [])];
  const inputSets = readInputSets(reading, element);
  return {
    ...base,
    ...(given.length > 0 && { inputs: given }),
    ...(outputs && { outputs }),
    ...(repeated && { loop: repeated.loop }),
    ...(undoesAnother(reading, element) && { isForCompensation: true }),
    ...(startQuantity !== 1 && { startQuantity }),
    ...(completionQuantity !== 1 && { completionQuantity }),
    ...(inputSets && { inputSets }),
  };
}

/** Flowable counts from 0 in a variable of the file's choosing; `loopCounter` counts from 1. */
function indexMapping(name: string | undefined): readonly Mapping[] {
  return name === undefined ? [] : [{ source: feel('loopCounter - 1'), target: name }];
}

function quantity(reading: Reading, element: XmlElement, name: 'startQuantity' | 'completionQuantity'): number {
  const text = element.attribute(name)?.trim() ?? '1';
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  reading.error('bpmn-invalid', `The ${name} of "${title(element)}" must be a whole number from 1 on, not "${text}".`, element);
  return 1;
}
