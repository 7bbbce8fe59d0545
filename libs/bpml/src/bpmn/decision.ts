import type { Binding, DecisionWork } from '@baton/engine';
import { CAMUNDA_FAMILY } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import { camundaValue, zeebeValue } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaAttribute, camundaElements, camundaText, fieldText, zeebeElement, zeebeText } from './vendor.js';

/** The decision a task evaluates; `undefined` when it names none. Only the latest version of a decision is ever taken. */
export function decisionWork(reading: Reading, element: XmlElement): DecisionWork | undefined {
  const work = readDecision(reading, element);
  if (work && work.binding.type !== 'latest') {
    reading.warn(
      'decision-binding',
      `"${title(element)}" binds its decision by ${work.binding.type}, which is not followed: it is decided with the latest version.`,
      element,
    );
  }
  return work;
}

/** Flowable's modeler writes a decision as a service task of type `dmn`. */
export function isFlowableDecision(element: XmlElement): boolean {
  return element.attributes.some(({ uri, local, value }) => CAMUNDA_FAMILY.get(uri) === 'flowable' && local === 'type' && value === 'dmn');
}

function readDecision(reading: Reading, element: XmlElement): DecisionWork | undefined {
  const called = zeebeElement(reading, element, 'calledDecision');
  if (called) {
    return {
      kind: 'decision',
      decisionId: zeebeValue(zeebeText(called, 'decisionId') ?? ''),
      binding: zeebeBinding(called),
      ...named(zeebeText(called, 'resultVariable')),
      mapResult: 'value',
    };
  }
  const decisionId = camundaText(reading, element, 'decisionRef') ?? flowableDecision(reading, element);
  if (decisionId === undefined) return undefined;
  const resultVariable = camundaText(reading, element, 'resultVariable', 'resultVariableName');
  return {
    kind: 'decision',
    decisionId: camundaValue(decisionId),
    binding: camundaBinding(reading, element, 'decisionRef'),
    ...named(resultVariable),
    mapResult: mapResult(camundaText(reading, element, 'mapDecisionResult')),
  };
}

function flowableDecision(reading: Reading, element: XmlElement): string | undefined {
  const field = camundaElements(element, 'field').find((child) => child.attribute('name') === 'decisionTableReferenceKey');
  if (!field) return undefined;
  reading.understandAll(field);
  camundaAttribute(reading, element, 'type');
  return fieldText(field);
}

/** Camunda 7 hands on the whole list of matched rules where nothing else is said. */
function mapResult(name: string | undefined): DecisionWork['mapResult'] {
  return name === 'singleEntry' || name === 'singleResult' || name === 'collectEntries' ? name : 'resultList';
}

/** `<name>Binding`, `<name>Version`, `<name>VersionTag` as Camunda 7 writes them. */
export function camundaBinding(reading: Reading, element: XmlElement, name: 'decisionRef' | 'calledElement'): Binding {
  const binding = camundaText(reading, element, `${name}Binding`);
  const version = camundaText(reading, element, `${name}Version`);
  const versionTag = camundaText(reading, element, `${name}VersionTag`);
  if (binding === 'deployment') return { type: 'deployment' };
  if (binding === 'version' && version !== undefined && /^\d+$/.test(version)) return { type: 'version', version: Number(version) };
  if (binding === 'versionTag' && versionTag !== undefined) return { type: 'versionTag', versionTag };
  if (binding !== undefined && binding !== 'latest') {
    reading.error('bpmn-unsupported', `"${title(element)}" binds by ${binding}, but does not say to which.`, element);
  }
  return { type: 'latest' };
}

export function zeebeBinding(element: XmlElement): Binding {
  const type = zeebeText(element, 'bindingType');
  const versionTag = zeebeText(element, 'versionTag');
  if (type === 'deployment') return { type };
  return type === 'versionTag' && versionTag !== undefined ? { type, versionTag } : { type: 'latest' };
}

const named = (resultVariable: string | undefined) => (resultVariable === undefined ? {} : { resultVariable });
