import { describe, expect, it } from 'vitest';
import { readElementOf } from './fixtures.js';

// Features: M-01, E-04

const literal = (text: string) => ({ language: 'literal', text });
const feel = (text: string) => ({ language: 'feel', text });
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;
const ROOT = `<message id="m" name="Paid"><extensionElements><zeebe:subscription correlationKey="= order"/></extensionElements></message><error id="e" errorCode="E1"/><error id="nameless"/>`;

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
  ])('%s', async (_what, xml, model) => {
    const { element, issues } = await readElementOf(xml, 'x', ROOT);

    expect(element).toMatchObject(model);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(['PT', 'P-1D', 'R1000000/PT1S', '2026-02-30'])('leaves the text %s to the engine to refuse', async (text) => {
    const { element } = await readElementOf(`<intermediateCatchEvent id="x">${timer('timeDuration', text)}</intermediateCatchEvent>`, 'x');

    expect(element).toMatchObject({ event: { timer: { expression: literal(text) } } });
  });

  it.each(['* * * * *', '99 * * * *', '0 0/5 * * * ?', '0 9 * * mon-fri', '@daily'])('says that %s is cron', async (text) => {
    const { issues } = await readElementOf(`<intermediateCatchEvent id="x">${timer('timeCycle', text)}</intermediateCatchEvent>`, 'x');

    expect(issues).toMatchObject([{ severity: 'error', code: 'timer-invalid', elementId: 'x' }]);
    expect(issues[0]?.message).toContain('cron is not read yet; write R/PT1H');
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
