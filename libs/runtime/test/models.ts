/**
 * A process as a BPMN file.
 *
 * @param elements  everything inside the process but its flows, as XML.
 * @param paths     the flows: `start > work > end; timeout > late`.
 * @param roots     messages and errors.
 */
export function bpmn(id: string, elements: readonly string[], paths: string, roots: readonly string[] = []): string {
  const flows = paths.split(';').flatMap((path, at) => {
    const stops = path.split('>').map((stop) => stop.trim());
    return stops.slice(1).map((target, index) => `<sequenceFlow id="f${at}-${index}" sourceRef="${stops[index]}" targetRef="${target}" />`);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://baton.test">
  ${roots.join('\n  ')}
  <process id="${id}" isExecutable="true">
    ${[...elements, ...flows].join('\n    ')}
  </process>
</definitions>`;
}

const extension = (...inside: readonly string[]) => `<extensionElements>${inside.join('')}</extensionElements>`;
const input = ([target, source]: readonly [string, string]) => `<zeebe:input source="=${source}" target="${target}" />`;

export const START = '<startEvent id="start" />';
export const END = '<endEvent id="end" />';

/** A service task; `inputs` are FEEL, by the name of the local variable. */
export function job(id: string, type: string, retries = 3, inputs: Readonly<Record<string, string>> = {}): string {
  const mapping = Object.entries(inputs).map(input).join('');
  return `<serviceTask id="${id}">${extension(
    `<zeebe:taskDefinition type="${type}" retries="${retries}" />`,
    mapping && `<zeebe:ioMapping>${mapping}</zeebe:ioMapping>`,
  )}</serviceTask>`;
}

export function userTask(id: string, who = ''): string {
  return `<userTask id="${id}">${who && extension(`<zeebe:assignmentDefinition ${who} />`)}</userTask>`;
}

/** FEEL whose result becomes a variable. */
export function script(id: string, expression: string, resultVariable: string): string {
  return `<scriptTask id="${id}">${extension(`<zeebe:script expression="=${expression}" resultVariable="${resultVariable}" />`)}</scriptTask>`;
}

export function decide(id: string, decisionId: string, resultVariable: string): string {
  return `<businessRuleTask id="${id}">${extension(
    `<zeebe:calledDecision decisionId="${decisionId}" resultVariable="${resultVariable}" />`,
  )}</businessRuleTask>`;
}

export function call(id: string, processId: string): string {
  return `<callActivity id="${id}">${extension(`<zeebe:calledElement processId="${processId}" />`)}</callActivity>`;
}

export type When = `duration ${string}` | `cycle ${string}` | `date ${string}`;

/** The trigger of a timer event: `duration PT1S`, `cycle R2/PT1S`. */
export function timer(when: When): string {
  const [kind = '', text = ''] = when.split(' ');
  const name = { duration: 'timeDuration', cycle: 'timeCycle', date: 'timeDate' }[kind];
  return `<timerEventDefinition><${name} xsi:type="tFormalExpression">${text}</${name}></timerEventDefinition>`;
}

export const onMessage = (name: string) => `<messageEventDefinition messageRef="message-${name}" />`;
export const onSignal = (name: string) => `<signalEventDefinition signalRef="signal-${name}" />`;
export const onEscalation = (code: string) => `<escalationEventDefinition escalationRef="escalation-${code}" />`;
export const onError = (code: string) => `<errorEventDefinition errorRef="error-${code}" />`;

/** A root element; with `key`, FEEL, who waits for it waits with that correlation key. */
export function message(name: string, key?: string): string {
  return `<message id="message-${name}" name="${name}">${key === undefined ? '' : extension(`<zeebe:subscription correlationKey="=${key}" />`)}</message>`;
}

export const signal = (name: string) => `<signal id="signal-${name}" name="${name}" />`;

export const escalation = (code: string) => `<escalation id="escalation-${code}" escalationCode="${code}" />`;
export const error = (code: string) => `<error id="error-${code}" errorCode="${code}" />`;

export function boundary(id: string, attachedTo: string, trigger: string, interrupting = true): string {
  return `<boundaryEvent id="${id}" attachedToRef="${attachedTo}" cancelActivity="${interrupting}">${trigger}</boundaryEvent>`;
}

export const waitFor = (id: string, trigger: string) => `<intermediateCatchEvent id="${id}">${trigger}</intermediateCatchEvent>`;
export const startOn = (id: string, trigger: string) => `<startEvent id="${id}">${trigger}</startEvent>`;
export const throwWith = (id: string, trigger: string) => `<intermediateThrowEvent id="${id}">${trigger}</intermediateThrowEvent>`;
export const endWith = (id: string, trigger: string) => `<endEvent id="${id}">${trigger}</endEvent>`;

/** start → wait for `name` with the key in variable `order` → end. */
export function waiter(processId: string, name: string): string {
  return bpmn(processId, [START, waitFor('wait', onMessage(name)), END], 'start > wait > end', [message(name, 'order')]);
}
