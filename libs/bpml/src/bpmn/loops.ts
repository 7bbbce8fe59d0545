import type { BehaviorEvent, Expression, Loop, MultiInstance, MultiInstanceBehavior, StandardLoop } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { variableNamed, variableOf } from './data.js';
import { eventDefinitions, triggerOf } from './event-definitions.js';
import { feel, formula, zeebeValue } from './expression.js';
import { readFormula } from './formal-expression.js';
import { variable } from './mappings.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readThrown } from './thrown-events.js';
import { camundaText, zeebeElement, zeebeText } from './vendor.js';

/** How an activity is repeated, and the variable (Flowable's) that counts the repetitions from 0. */
export interface ReadLoop {
  readonly loop: Loop;
  readonly indexVariable?: string;
}

/**
 * The loop marker of an activity.
 *
 * @returns  `undefined` without one, `'invalid'` (with an error) when it does not say how often.
 */
export function readLoop(reading: Reading, activity: XmlElement): ReadLoop | 'invalid' | undefined {
  const standard = activity.first('standardLoopCharacteristics');
  const instances = activity.first('multiInstanceLoopCharacteristics');
  const characteristics = instances ?? standard;
  if (!characteristics) return undefined;
  reading.understandStandard(characteristics);
  const loop = instances ? readMultiInstance(reading, activity, instances) : readStandardLoop(reading, activity, characteristics);
  if (!loop) return 'invalid';
  const indexVariable = instances && camundaText(reading, instances, 'elementIndexVariable');
  return { loop, ...(indexVariable !== undefined && { indexVariable }) };
}

function readStandardLoop(reading: Reading, activity: XmlElement, loop: XmlElement): StandardLoop {
  const condition = readFormula(reading, activity, loop.first('loopCondition'), 'loop condition');
  let maximum = loop.attribute('loopMaximum')?.trim() || loop.childText('loopMaximum');
  if (!condition && maximum === undefined) {
    // Many editors write the bare marker when somebody only wants to say that it may be repeated.
    reading.warn('loop-once', `The loop of "${title(activity)}" has neither a condition nor a maximum: it is done once.`, activity);
    maximum = '1';
  }
  return {
    kind: 'standard',
    testBefore: loop.flag('testBefore') === true,
    ...(condition && { condition }),
    ...(maximum !== undefined && { maximum: feel(maximum) }),
  };
}

function readMultiInstance(reading: Reading, activity: XmlElement, instances: XmlElement): MultiInstance | undefined {
  const cardinality = readFormula(reading, activity, instances.first('loopCardinality'), 'cardinality');
  const completionCondition = readFormula(reading, activity, instances.first('completionCondition'), 'completion condition');
  const zeebe = zeebeElement(reading, instances, 'loopCharacteristics');
  const collection = collectionOf(reading, activity, instances, zeebe);
  if (!cardinality && !collection) {
    reading.error('bpmn-invalid', `The multi-instance "${title(activity)}" says neither how often nor over what it runs.`, activity);
    return undefined;
  }
  const item = instances.first('inputDataItem');
  const elementVariable =
    camundaText(reading, instances, 'elementVariable') ?? zeebeText(zeebe, 'inputElement') ?? (item && variableOf(reading, item));
  const behavior = readBehavior(reading, activity, instances);
  return {
    kind: 'multiInstance',
    sequential: instances.flag('isSequential') === true,
    ...(cardinality && { cardinality }),
    ...(collection && { collection }),
    ...(elementVariable !== undefined && { elementVariable }),
    ...outputOf(reading, activity, instances, zeebe),
    ...(completionCondition && { completionCondition }),
    ...(behavior && { behavior }),
  };
}

/** Camunda 7's family names a variable or writes `${…}`; the standard refers to data, or to what feeds a data input. */
function collectionOf(reading: Reading, activity: XmlElement, instances: XmlElement, zeebe?: XmlElement): Expression | undefined {
  const camunda = camundaText(reading, instances, 'collection');
  if (camunda !== undefined) return formula(camunda);
  const inputCollection = zeebeText(zeebe, 'inputCollection');
  if (inputCollection !== undefined) return feel(inputCollection);
  const reference = instances.childText('loopDataInputRef');
  if (reference === undefined) return undefined;
  const association = activity.all('dataInputAssociation').find((candidate) => candidate.childText('targetRef') === reference);
  const fed =
    readFormula(reading, activity, association?.first('transformation'), 'transformation') ??
    readFormula(reading, activity, association?.first('assignment')?.first('from'), 'assignment');
  return fed ?? variable(variableNamed(reading, association?.childText('sourceRef') ?? reference)) ?? formula(reference);
}

/** The list that takes the results. In the standard it is a data output, or the data object that takes that one over. */
function outputOf(
  reading: Reading,
  activity: XmlElement,
  instances: XmlElement,
  zeebe?: XmlElement,
): Pick<MultiInstance, 'outputCollection' | 'outputElement'> {
  const outputCollection = zeebeText(zeebe, 'outputCollection');
  const outputElement = zeebeText(zeebe, 'outputElement');
  if (outputCollection !== undefined) {
    return { outputCollection, ...(outputElement !== undefined && { outputElement: zeebeValue(outputElement) }) };
  }
  const reference = instances.childText('loopDataOutputRef');
  const item = instances.first('outputDataItem');
  if (reference === undefined) return {};
  if (!item) {
    const message = `The multi-instance "${title(activity)}" collects its results without an outputDataItem: they are not collected.`;
    reading.warn('not-executed', message, activity);
    return {};
  }
  const results = activity.all('dataOutputAssociation');
  const list = results.find((association) => association.all('sourceRef').some((end) => end.text.trim() === reference));
  const source = results.find((association) => association.childText('targetRef') === item.id);
  return {
    outputCollection: variableNamed(reading, list?.childText('targetRef') ?? reference),
    outputElement:
      readFormula(reading, activity, source?.first('transformation'), 'transformation') ??
      feel(variableNamed(reading, source?.childText('sourceRef') ?? item.id ?? '')),
  };
}

/** `All`, the default, throws nothing. Source: BPMN 2.0.2, 10.3.8 (loop characteristics). */
function readBehavior(reading: Reading, activity: XmlElement, instances: XmlElement): MultiInstanceBehavior | undefined {
  const name = instances.attribute('behavior')?.trim().toLowerCase() ?? 'all';
  if (name === 'none' || name === 'one') {
    const event = behaviorEvent(reading, activity, reading.find(instances.attribute(`${name}BehaviorEventRef`)));
    return event && { type: name, event };
  }
  if (name !== 'complex') return undefined;
  const definitions = instances.all('complexBehaviorDefinition').flatMap((definition) => {
    const condition = readFormula(reading, activity, definition.first('condition'), 'condition of a behavior');
    const thrown = definition.first('event');
    const event = behaviorEvent(reading, activity, thrown && eventDefinitions(reading, thrown)[0]);
    return condition && event ? [{ condition, event }] : [];
  });
  return definitions.length > 0 ? { type: 'complex', definitions } : undefined;
}

function behaviorEvent(reading: Reading, activity: XmlElement, definition: XmlElement | undefined): BehaviorEvent | undefined {
  if (definition) reading.understandStandard(definition);
  const event = definition && readThrown(reading, activity, definition, undefined);
  if (event && event.type !== 'compensation') return event;
  const what = definition ? `the ${triggerOf(definition)} event, which is not executed there` : 'no event';
  reading.error('bpmn-unsupported', `The behavior of the multi-instance "${title(activity)}" names ${what}.`, activity);
  return undefined;
}
