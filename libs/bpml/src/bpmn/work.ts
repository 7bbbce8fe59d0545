import type { Expression, JobWork, Mapping, Work, WorkTaskModel } from '@baton/engine';
import { CAMUNDA_FAMILY, ZEEBE } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import { decisionWork, isFlowableDecision } from './decision.js';
import { camundaValue, formulaIn, juel, literal, value, zeebeValue } from './expression.js';
import { payloadOf, sentMessage } from './messages.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaAttribute, camundaElements, camundaText, extensions, fieldText, zeebeElement, zeebeText } from './vendor.js';

/** A call of a bean the original kept in Java: `${mailer.send(order)}`. Nothing here can evaluate it. */
const BEAN_CALL = /^[$#]\{\s*[A-Za-z_]\w*\.\w+\s*\(/;

/** A function that bpmn-engine's caller hands in: `${environment.services.charge}`. */
const SERVICE_FUNCTION = /^[$#]\{\s*environment\.services\.([\w.]+)(?:\(.*\))?\s*\}$/s;

/**
 * How a service, send, business rule or script task gets done.
 *
 * What we cannot run ourselves becomes a job of type `vendor:<product>:<value>`, never silently nothing.
 */
export function readWork(reading: Reading, element: XmlElement, kind: WorkTaskModel['kind'], inputs: readonly Mapping[] | undefined): Work {
  const work =
    (kind === 'scriptTask' ? scriptWork(reading, element) : undefined) ??
    (kind === 'businessRuleTask' || isFlowableDecision(element) ? decisionWork(reading, element) : undefined) ??
    zeebeJob(reading, element) ??
    camundaWork(reading, element) ??
    (kind === 'sendTask' ? sendWork(reading, element, element, inputs) : undefined) ??
    plainJob(reading, element);
  return withWarning(reading, element, work);
}

/** How a thrown message is sent: by a job where the event or its definition says so, else by its name; without one by the event's id. */
export function readThrownMessage(
  reading: Reading,
  event: XmlElement,
  definition: XmlElement,
  inputs: readonly Mapping[] | undefined,
): Work {
  const work =
    zeebeJob(reading, event) ??
    camundaWork(reading, definition, event) ??
    camundaWork(reading, event) ??
    sendWork(reading, event, definition, inputs);
  if (work) return withWarning(reading, event, work);
  reading.warn('no-message', `"${title(event)}" names no message: it sends one named "${event.id}".`, event);
  const variables = payloadOf(inputs);
  return { kind: 'message', message: { name: literal(event.id ?? '') }, ...(variables && { variables }) };
}

function withWarning(reading: Reading, element: XmlElement, work: Work): Work {
  if (work.kind === 'job' && work.jobType.text.startsWith('vendor:')) {
    reading.warn(
      'worker-needed',
      `"${title(element)}" is not run by Baton: a worker must take jobs of type "${work.jobType.text}".`,
      element,
    );
  }
  return work;
}

function scriptWork(reading: Reading, element: XmlElement): Work | undefined {
  const zeebe = zeebeElement(reading, element, 'script');
  const zeebeScript = zeebeText(zeebe, 'expression');
  if (zeebeScript !== undefined) {
    return {
      kind: 'expression',
      expression: zeebeValue(`=${zeebeScript.replace(/^=/, '')}`),
      ...result(zeebeText(zeebe, 'resultVariable')),
    };
  }
  const script = element.first('script');
  const resource = camundaText(reading, element, 'resource');
  if (!script && resource === undefined) return undefined;
  const format = element.attribute('scriptFormat')?.trim().toLowerCase() ?? '';
  const text = script?.text ?? '';
  const resultVariable = result(camundaText(reading, element, 'resultVariable', 'resultVariableName'));
  const expression = resource === undefined ? formulaIn(format.replace(/^(text|application)\//, ''), text) : undefined;
  if (expression) return { kind: 'expression', expression, ...resultVariable };
  const language = /java|ecma|^js$/.test(format) ? 'javascript' : format.replace(/^.*\//, '') || 'unknown';
  return {
    kind: 'job',
    jobType: literal(`vendor:script:${language}`),
    headers: { script: text, ...(resource !== undefined && { resource }) },
    ...resultVariable,
  };
}

function zeebeJob(reading: Reading, element: XmlElement): JobWork | undefined {
  const definition = zeebeElement(reading, element, 'taskDefinition');
  if (!definition) return undefined;
  const retries = zeebeText(definition, 'retries');
  const headers = zeebeElement(reading, element, 'taskHeaders')?.all('header', ZEEBE) ?? [];
  return {
    kind: 'job',
    jobType: zeebeValue(zeebeText(definition, 'type') ?? element.id ?? ''),
    ...(retries !== undefined && { retries: zeebeValue(retries) }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((header) => [header.attribute('key') ?? '', header.attribute('value') ?? ''])),
    }),
  };
}

/** Where Camunda 7's family puts an implementation: on the task, or on a message event's definition (retries on the event itself). */
function camundaWork(reading: Reading, element: XmlElement, owner: XmlElement = element): Work | undefined {
  const resultVariable = result(camundaText(reading, element, 'resultVariable', 'resultVariableName'));
  const job = (jobType: string, headers = fields(reading, element)): JobWork => ({
    kind: 'job',
    jobType: literal(jobType),
    ...retries(reading, owner),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...resultVariable,
  });
  const type = camundaAttribute(reading, element, 'type');
  if (type?.value === 'external' || type?.value === 'external-worker') {
    const topic = camundaText(reading, element, 'topic');
    if (topic !== undefined) return { ...job(''), jobType: camundaValue(topic) };
  } else if (type) {
    return job(`vendor:${type.vendor}:${type.value}`);
  }
  const code = camundaAttribute(reading, element, 'class', 'delegateExpression');
  if (code) return job(`vendor:${code.vendor}:${code.value.trim()}`);
  const expression = camundaAttribute(reading, element, 'expression');
  if (expression && BEAN_CALL.test(expression.value.trim())) return job(`vendor:${expression.vendor}:${expression.value.trim()}`);
  if (expression) {
    return {
      kind: 'expression',
      expression: expression.value.includes('{') ? juel(expression.value) : literal(expression.value),
      ...resultVariable,
    };
  }
  const connector = camundaElements(element, 'connector')[0];
  if (!connector) return undefined;
  reading.understand(connector);
  const id = connector.all('connectorId', connector.uri)[0];
  if (id) reading.understandAll(id);
  return job(`vendor:camunda:connector:${id?.text.trim() ?? ''}`);
}

/** `R3/PT10M` asks for three attempts; when they come is the platform's own back-off. */
function retries(reading: Reading, element: XmlElement): { retries?: Expression } {
  const cycle = camundaElements(element, 'failedJobRetryTimeCycle')[0];
  const times = /^R(\d+)\//.exec(cycle?.text.trim() ?? '')?.[1];
  if (!cycle || times === undefined) return {};
  reading.understandAll(cycle);
  reading.info(
    'preserved',
    `"${title(element)}" asks for the retry times ${cycle.text.trim()}: the number is kept, the times are Baton's own.`,
    element,
  );
  return { retries: literal(times) };
}

/** Injected fields become headers of the job, as text. */
function fields(reading: Reading, element: XmlElement): Record<string, string> {
  return Object.fromEntries(
    camundaElements(element, 'field').map((field) => {
      reading.understandAll(field);
      return [field.attribute('name') ?? '', fieldText(field)];
    }),
  );
}

function sendWork(reading: Reading, sender: XmlElement, definition: XmlElement, inputs: readonly Mapping[] | undefined): Work | undefined {
  const message = sentMessage(reading, sender, definition);
  if (!message) return undefined;
  const variables = payloadOf(inputs, message);
  return { kind: 'message', message, ...(variables && { variables }) };
}

function plainJob(reading: Reading, element: XmlElement): JobWork {
  const implementation = element.attribute('implementation')?.trim() ?? '';
  const service = SERVICE_FUNCTION.exec(implementation)?.[1];
  if (service !== undefined) return { kind: 'job', jobType: literal(`vendor:bpmn-engine:${service}`) };
  if (implementation !== '' && !implementation.startsWith('##')) return { kind: 'job', jobType: value(implementation) };
  const others = extensions(element).filter((child) => !CAMUNDA_FAMILY.has(child.uri) && child.uri !== ZEEBE);
  const vendor = others.length > 0 ? ` It has ${others.map((child) => child.qualifiedName).join(', ')}, which is not read.` : '';
  reading.warn(
    'no-implementation',
    `"${title(element)}" does not say how it is done: a worker must take jobs of type "${element.id}".${vendor}`,
    element,
  );
  return { kind: 'job', jobType: literal(element.id ?? '') };
}

const result = (resultVariable: string | undefined) => (resultVariable === undefined ? {} : { resultVariable });
