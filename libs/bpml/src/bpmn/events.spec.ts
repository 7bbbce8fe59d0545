import { describe, expect, it } from 'vitest';
import { readElementOf } from './fixtures.js';

// Features: M-01, E-04

const literal = (text: string) => ({ language: 'literal', text });
const feel = (text: string) => ({ language: 'feel', text });
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;
const ROOT = `<message id="m" name="Paid"><extensionElements><zeebe:subscription correlationKey="= order"/></extensionElements></message><error id="e" errorCode="E1"/><error id="nameless"/><signal id="s" name="Alarm"/><signal id="unnamed"/><escalation id="l"/><signalEventDefinition id="d" signalRef="s"/>`;

describe('events', () => {
  it.each([
    ['none start', '<startEvent id="x"/>', { kind: 'startEvent', event: { type: 'none' } }],
    ['start with initiator', '<startEvent id="x" camunda:initiator="who"/>', { kind: 'startEvent', initiatorVariable: 'who' }],
    [
      'timer start',
      `<startEvent id="x">${timer('timeCycle', 'R/P1D')}</startEvent>`,
      { kind: 'startEvent', event: { type: 'timer', timer: { kind: 'cycle', expression: literal('R/P1D') } } },
    ],
    [
      'message start',
      '<startEvent id="x"><messageEventDefinition messageRef="m"/></startEvent>',
      { kind: 'startEvent', event: { type: 'message', message: { name: literal('Paid'), correlationKey: feel('order') } } },
    ],
    [
      'message catch without a message',
      '<intermediateCatchEvent id="x"><messageEventDefinition/></intermediateCatchEvent>',
      { kind: 'intermediateCatchEvent', event: { type: 'message', message: { name: literal('x') } } },
    ],
    [
      'timer catch by an expression',
      `<intermediateCatchEvent id="x">${timer('timeDate', '= due')}</intermediateCatchEvent>`,
      { kind: 'intermediateCatchEvent', event: { type: 'timer', timer: { kind: 'date', expression: feel('due') } } },
    ],
    [
      'timer catch by JUEL',
      `<intermediateCatchEvent id="x">${timer('timeDuration', '${wait}')}</intermediateCatchEvent>`,
      { event: { timer: { kind: 'duration', expression: { language: 'juel', text: '${wait}' } } } },
    ],
    ['none throw', '<intermediateThrowEvent id="x"/>', { kind: 'intermediateThrowEvent', event: { type: 'none' } }],
    ['terminate', '<endEvent id="x"><terminateEventDefinition/></endEvent>', { kind: 'endEvent', event: { type: 'terminate' } }],
    [
      'error end',
      '<endEvent id="x"><errorEventDefinition errorRef="e"/></endEvent>',
      { kind: 'endEvent', event: { type: 'error', errorCode: 'E1' } },
    ],
    [
      'error end without a code',
      '<endEvent id="x"><errorEventDefinition errorRef="nameless"/></endEvent>',
      { kind: 'endEvent', event: { type: 'error', errorCode: 'nameless' } },
    ],
    [
      'error boundary',
      '<task id="t"/><boundaryEvent id="x" attachedToRef="t" cancelActivity="false"><errorEventDefinition camunda:errorCodeVariable="c" camunda:errorMessageVariable="m"/></boundaryEvent>',
      { kind: 'boundaryEvent', attachedTo: 't', interrupting: true, event: { type: 'error', codeVariable: 'c', messageVariable: 'm' } },
    ],
    [
      'non-interrupting timer boundary',
      `<task id="t"/><boundaryEvent id="x" attachedToRef="t" cancelActivity="false">${timer('timeDuration', 'PT1H')}</boundaryEvent>`,
      { kind: 'boundaryEvent', attachedTo: 't', interrupting: false, event: { type: 'timer' } },
    ],
    [
      'receive task',
      '<receiveTask id="x" messageRef="m"/>',
      { kind: 'receiveTask', message: { name: literal('Paid'), correlationKey: feel('order') } },
    ],
    [
      'a definition named elsewhere in the file',
      '<intermediateCatchEvent id="x"><eventDefinitionRef>d</eventDefinitionRef><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>',
      { event: { type: 'multiple', events: [{ type: 'timer' }, { type: 'signal', name: literal('Alarm') }] } },
    ],
    [
      'a signal without a name',
      '<intermediateCatchEvent id="x"><signalEventDefinition signalRef="unnamed"/></intermediateCatchEvent>',
      { event: { type: 'signal', name: literal('unnamed') } },
    ],
    [
      'an escalation without a code',
      '<endEvent id="x"><escalationEventDefinition escalationRef="l"/></endEvent>',
      { event: { type: 'escalation', escalationCode: 'l' } },
    ],
    [
      'one error without a code, where it is thrown, too',
      '<task id="t"/><boundaryEvent id="x" attachedToRef="t"><errorEventDefinition errorRef="nameless"/></boundaryEvent><endEvent id="e1"><errorEventDefinition errorRef="nameless"/></endEvent>',
      { event: { type: 'error', errorCode: 'nameless' } },
    ],
    [
      'every escalation, its code kept',
      '<task id="t"/><boundaryEvent id="x" attachedToRef="t"><escalationEventDefinition camunda:escalationCodeVariable="c"/></boundaryEvent>',
      { event: { type: 'escalation', codeVariable: 'c' } },
    ],
    [
      'compensation of one activity, without waiting',
      '<task id="t"/><intermediateThrowEvent id="x"><compensateEventDefinition activityRef="t" waitForCompletion="false"/></intermediateThrowEvent>',
      { event: { type: 'compensation', activityRefs: ['t'], waitForCompletion: false } },
    ],
    [
      'compensation tied the other way round',
      '<task id="t"/><boundaryEvent id="x" attachedToRef="t"><compensateEventDefinition/></boundaryEvent><task id="u" isForCompensation="true"/><association id="a" sourceRef="u" targetRef="x"/>',
      { event: { type: 'compensation', handler: 'u' } },
    ],
    [
      'a link named on the event',
      '<intermediateThrowEvent id="x" name="Over there"><linkEventDefinition name=""/></intermediateThrowEvent>',
      { event: { type: 'link', name: 'Over there' } },
    ],
    [
      'a signal with what it carries',
      '<endEvent id="x"><signalEventDefinition signalRef="s"><extensionElements><camunda:in source="a" target="b"/></extensionElements></signalEventDefinition></endEvent>',
      { event: { type: 'signal', variables: [{ source: feel('a'), target: 'b' }] } },
    ],
    [
      'a signal that carries its input mappings',
      '<endEvent id="x"><extensionElements><zeebe:ioMapping><zeebe:input source="= a" target="b"/></zeebe:ioMapping></extensionElements><signalEventDefinition signalRef="s"/></endEvent>',
      { inputs: [{ source: feel('a'), target: 'b' }], event: { variables: [{ source: feel('b'), target: 'b' }] } },
    ],
    [
      'a message sent by an external task',
      '<endEvent id="x"><messageEventDefinition messageRef="m" camunda:type="external" camunda:topic="mail"/></endEvent>',
      { event: { type: 'message', work: { kind: 'job', jobType: literal('mail') } } },
    ],
    [
      'a message sent by a class',
      '<intermediateThrowEvent id="x"><messageEventDefinition messageRef="m" camunda:class="org.acme.Mail"/></intermediateThrowEvent>',
      { event: { work: { kind: 'job', jobType: literal('vendor:camunda:org.acme.Mail') } } },
    ],
    [
      'a message sent by a job',
      '<intermediateThrowEvent id="x"><extensionElements><zeebe:taskDefinition type="mail"/></extensionElements><messageEventDefinition messageRef="m"/></intermediateThrowEvent>',
      { event: { work: { kind: 'job', jobType: literal('mail') } } },
    ],
    [
      'a message published with a key',
      '<intermediateThrowEvent id="x"><extensionElements><zeebe:publishMessage correlationKey="= id"/></extensionElements><messageEventDefinition messageRef="m"/></intermediateThrowEvent>',
      { event: { work: { kind: 'message', message: { name: literal('Paid'), correlationKey: feel('id') } } } },
    ],
    [
      'a start form of an event sub-process',
      '<subProcess id="p1" triggeredByEvent="true"><startEvent id="x" isInterrupting="false"><messageEventDefinition messageRef="m"/></startEvent></subProcess>',
      { kind: 'startEvent', parent: 'p1', interrupting: false, event: { type: 'message' } },
    ],
  ])('%s', async (_what, xml, model) => {
    const { element, issues } = await readElementOf(xml, 'x', ROOT);

    expect(element).toMatchObject(model);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['an error', 'no-error', '<errorEventDefinition/>', { type: 'error' }],
    ['an escalation', 'no-escalation', '<escalationEventDefinition/>', { type: 'escalation' }],
    ['a signal', 'no-signal', '<signalEventDefinition/>', { type: 'signal', name: literal('x') }],
    [
      'a message',
      'no-message',
      '<messageEventDefinition/>',
      { type: 'message', work: { kind: 'message', message: { name: literal('x') } } },
    ],
  ])('warns of an end event that names no %s', async (_what, code, definition, event) => {
    const { element, issues } = await readElementOf(`<endEvent id="x">${definition}</endEvent>`, 'x');

    expect(element).toMatchObject({ event });
    expect(issues).toMatchObject([{ severity: 'warning', code, elementId: 'x' }]);
  });

  it('takes a reference to no error for its code in files of Camunda 7 and its family', async () => {
    const { element, issues } = await readElementOf(
      '<task id="t" camunda:asyncBefore="true"/><boundaryEvent id="x" attachedToRef="t"><errorEventDefinition errorRef="E404"/></boundaryEvent>',
      'x',
    );

    expect(element).toMatchObject({ event: { type: 'error', errorCode: 'E404' } });
    expect(issues[0]).toMatchObject({ severity: 'warning', code: 'bpmn-unresolved-reference' });
  });

  it('needs an association from a compensation event to what undoes', async () => {
    const { issues } = await readElementOf(
      '<task id="t"/><boundaryEvent id="x" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>',
      'x',
    );

    expect(issues).toMatchObject([{ severity: 'error', code: 'bpmn-invalid', elementId: 'x' }]);
  });

  it.each([
    [
      'camunda:variableName',
      '<conditionalEventDefinition camunda:variableName="a"><condition>a</condition></conditionalEventDefinition>',
      'info',
    ],
    ['flowable:terminateAll', '<terminateEventDefinition flowable:terminateAll="true"/>', 'warning'],
    [
      'camunda:in',
      '<signalEventDefinition><extensionElements><camunda:in variables="all"/></extensionElements></signalEventDefinition>',
      'warning',
    ],
  ])('names what a definition says beyond the model: %s', async (named, definition, severity) => {
    const event = severity === 'info' ? 'intermediateCatchEvent' : 'endEvent';
    const { issues } = await readElementOf(`<${event} id="x">${definition}</${event}>`, 'x');

    expect(issues.find(({ message }) => message.includes(named))).toMatchObject({ severity, elementId: 'x' });
  });

  it.each([
    ['error', 'nameless'],
    ['escalation', 'l'],
  ])('catches every %s where it names one without a code', async (type, id) => {
    const boundary = `<task id="t"/><boundaryEvent id="x" attachedToRef="t"><${type}EventDefinition ${type}Ref="${id}"/></boundaryEvent>`;
    const { element } = await readElementOf(boundary, 'x', ROOT);

    expect(element).toHaveProperty('event', { type });
  });

  it('takes an error that is not in the file for its code, in a file whose tool only declares its names', async () => {
    const throwing = '<endEvent id="x"><errorEventDefinition errorRef="E404"/></endEvent>';
    const { element } = await readElementOf(throwing, 'x');

    expect(element).toHaveProperty('event', { type: 'error', errorCode: 'E404' });
  });

  it.each(['PT', 'P-1D', 'R1000000/PT1S', '2026-02-30'])('leaves the text %s to the engine to refuse', async (text) => {
    const { element } = await readElementOf(`<intermediateCatchEvent id="x">${timer('timeDuration', text)}</intermediateCatchEvent>`, 'x');

    expect(element).toMatchObject({ event: { timer: { expression: literal(text) } } });
  });

  it.each([
    ['* * * * *', '* * * * *'],
    ['99 * * * *', '99 * * * *'],
    ['0 0/5 * * * ?', '0 0/5 * * * ?'],
    ['0 0 9 ? * 2-6', '0 0 9 ? * MON-FRI'],
    ['0 9 * * mon-fri', '0 9 * * mon-fri'],
    ['@daily', '@daily'],
  ])('reads the cron line %s', async (text, read) => {
    const { element, issues } = await readElementOf(
      `<intermediateCatchEvent id="x">${timer('timeCycle', text)}</intermediateCatchEvent>`,
      'x',
    );

    expect(issues).toEqual([]);
    expect(element).toMatchObject({ event: { timer: { kind: 'cycle', expression: literal(read) } } });
  });

  it.each(['due', 'day * count * 2 + pause', 'if late then a else b'])('takes the formula %s for no cron', async (text) => {
    const { element } = await readElementOf(`<intermediateCatchEvent id="x">${timer('timeCycle', text)}</intermediateCatchEvent>`, 'x');

    expect(element).toMatchObject({ event: { timer: { expression: { language: 'feel', text } } } });
  });

  it('reports a timer that says nothing', async () => {
    const { element, issues } = await readElementOf('<intermediateCatchEvent id="x"><timerEventDefinition/></intermediateCatchEvent>', 'x');

    expect(element).toBeUndefined();
    expect(issues).toMatchObject([{ severity: 'error', code: 'timer-invalid', elementId: 'x' }]);
  });
});
