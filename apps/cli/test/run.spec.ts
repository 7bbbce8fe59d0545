import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baton, bpmn, folderWith, invoice, jsonOf, sequence } from './baton.js';

// Features: E-24

interface Result {
  readonly state: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly trace: readonly { readonly elementId: string; readonly elementType: string; readonly event: string; readonly at: string }[];
  readonly error?: { readonly code: string; readonly message: string; readonly elementId?: string };
  readonly waiting: readonly { readonly elementId: string; readonly type: string }[];
}

const completed = ({ trace }: Result) => trace.filter(({ event }) => event === 'completed').map(({ elementId }) => elementId);

describe.skipIf(invoice === null)('the invoice process (needs SUITES_DIR)', () => {
  const run = (variables: object, ...more: string[]) =>
    baton(['run', join(invoice ?? '', 'invoice.v2.bpmn'), '--vars', JSON.stringify(variables), '--json', ...more]);
  const variables = { amount: 1200, creditor: 'Great Pizza', invoiceCategory: 'Travel Expenses', invoiceNumber: '1' };

  it('goes from start to end, with the decision found beside it', async () => {
    const ran = await run({ ...variables, approved: true }, '--complete-user-tasks', '--mock-service-tasks');
    const result = jsonOf<Result>(ran);

    expect(ran.exitCode).toBe(0);
    expect(result.state).toBe('completed');
    expect(result.variables).toMatchObject({ approverGroups: ['accounting', 'sales'] });
    const way = [
      'StartEvent_1',
      'assignApprover',
      'approveInvoice',
      'invoice_approved',
      'prepareBankTransfer',
      'ServiceTask_1',
      'invoiceProcessed',
    ];
    expect(result.trace.map(({ elementId, event }) => `${event} ${elementId}`)).toEqual(
      way.flatMap((id) => [`activated ${id}`, `completed ${id}`]),
    );
    expect(result.trace[4]).toMatchObject({ elementId: 'approveInvoice', elementType: 'bpmn:UserTask' });
    expect(result.waiting).toEqual([]);
  });

  it('calls the review process that lies beside it', async () => {
    const ran = await run({ ...variables, approved: false }, '--complete-user-tasks');

    // Nobody names a reviewer here, so the called process stops at the task that wants one.
    expect(ran.exitCode).toBe(1);
    expect(jsonOf<Result>(ran)).toMatchObject({ state: 'failed', error: { code: 'expression-failed', elementId: 'reviewInvoice' } });
    expect(completed(jsonOf<Result>(ran))).toContain('assignReviewer');
  });

  it('waits for people and for workers it does not have', async () => {
    expect(jsonOf<Result>(await run(variables))).toMatchObject({
      state: 'waiting',
      waiting: [{ elementId: 'approveInvoice', type: 'userTask' }],
    });
    expect(jsonOf<Result>(await run({ ...variables, approved: true }, '--complete-user-tasks'))).toMatchObject({
      state: 'waiting',
      waiting: [{ elementId: 'ServiceTask_1', type: 'job' }],
    });
  });
});

describe('a run', () => {
  const timer =
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>';
  const receive = '<receiveTask id="paid" messageRef="m"/>';
  const file = folderWith({
    'timer.bpmn': bpmn(sequence('p', ['pause', timer])),
    'message.bpmn': bpmn(`<message id="m" name="Payment received"/>\n${sequence('p', ['paid', receive])}`),
    'messages.json': JSON.stringify([{ type: 'message', name: 'Payment received', variables: { amount: 5 } }]),
    'unknown.json': JSON.stringify([{ type: 'email', name: 'Payment received' }]),
    'jobs.bpmn': bpmn(
      sequence(
        'p',
        [
          'log',
          '<serviceTask id="log"><extensionElements><zeebe:taskDefinition type="log"/><zeebe:taskHeaders><zeebe:header key="message" value="Order {id}"/></zeebe:taskHeaders></extensionElements></serviceTask>',
        ],
        [
          'other',
          '<serviceTask id="other"><extensionElements><zeebe:taskDefinition type="somebody-else"/></extensionElements></serviceTask>',
        ],
      ),
    ),
    'two.bpmn': bpmn(`${sequence('a')}\n${sequence('b').replaceAll('id="', 'id="b_').replaceAll('Ref="', 'Ref="b_').replace('b_b', 'b')}`),
    'drawn.bpmn': bpmn(sequence('p').replace('true', 'false')),
    'undrawn.bpmn': bpmn(
      sequence('p', ['c', '<intermediateCatchEvent id="c"><conditionalEventDefinition/></intermediateCatchEvent>']).replace(
        'true',
        'false',
      ),
    ),
    'starts.bpmn': bpmn(
      sequence('p', ['join', '<parallelGateway id="join"/>']).replace(
        '</process>',
        '<startEvent id="also"/><sequenceFlow id="f9" sourceRef="also" targetRef="join"/></process>',
      ),
    ),
    'pools.bpmn': bpmn(
      `<message id="m" name="News"/><globalManualTask id="sign"/>` +
        sequence(
          'main',
          ['call', '<callActivity id="call" calledElement="part"/>'],
          ['callTask', '<callActivity id="callTask" calledElement="sign"/>'],
          ['said', '<sendTask id="said" messageRef="m"/>'],
        ) +
        `<process id="part" isExecutable="false"><manualTask id="sub"/></process>` +
        `<process id="pool"><startEvent id="heard"><messageEventDefinition messageRef="m"/></startEvent></process>`,
    ),
    'loop.bpmn': bpmn(
      `<process id="p" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="x"/><exclusiveGateway id="x" default="f3"/>` +
        `<sequenceFlow id="f2" sourceRef="x" targetRef="x"><conditionExpression xsi:type="tFormalExpression">true</conditionExpression></sequenceFlow>` +
        `<sequenceFlow id="f3" sourceRef="x" targetRef="e"/><endEvent id="e"/></process>`,
    ),
  });
  const run = async (...args: string[]) => {
    const ran = await baton(['run', ...args, '--json']);
    return { ...ran, result: ran.exitCode === 2 ? null : jsonOf<Result>(ran) };
  };

  it('leaves timers waiting, or skips them on its own clock', async () => {
    const { result } = await run(file('timer.bpmn'));
    expect(result).toMatchObject({ state: 'waiting', waiting: [{ elementId: 'pause', type: 'timer' }] });

    const skipped = (await run(file('timer.bpmn'), '--timers', 'skip')).result;
    expect(skipped?.state).toBe('completed');
    const [first, last] = [skipped?.trace[0], skipped?.trace.at(-1)].map((entry) => Date.parse(entry?.at ?? ''));
    expect((last ?? 0) - (first ?? 0)).toBe(3_600_000);
  });

  it('delivers messages by name', async () => {
    expect((await run(file('message.bpmn'))).result).toMatchObject({ state: 'waiting', waiting: [{ elementId: 'paid', type: 'message' }] });
    expect((await run(file('message.bpmn'), '--messages', file('messages.json'))).result).toMatchObject({
      state: 'completed',
      variables: { amount: 5 },
    });
  });

  it('refuses messages it cannot deliver', async () => {
    const { exitCode, stderr } = await run(file('message.bpmn'), '--messages', file('unknown.json'));

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Entry 1: "type" must be/);
  });

  it('does the jobs that ship with Baton and waits for the others', async () => {
    const { result, stderr } = await run(file('jobs.bpmn'), '--vars', '{"id": 7}');

    expect(result).toMatchObject({ state: 'waiting', waiting: [{ elementId: 'other', type: 'job' }] });
    expect(stderr).toMatch(/: Order 7\n$/);
    expect((await run(file('jobs.bpmn'), '--mock-service-tasks')).result?.state).toBe('completed');
  });

  it('has every process and global task of the file, executable or not', async () => {
    const { result } = await run(file('pools.bpmn'));

    expect(result?.state).toBe('completed');
    expect(completed(result!)).toEqual(['start', 'sub', 'call', 'sign', 'callTask', 'said', 'end', 'heard']);
  });

  it('runs the only process though it is only drawn, but not one that cannot run', async () => {
    expect((await run(file('drawn.bpmn'))).result?.state).toBe('completed');

    const { exitCode, stderr } = await run(file('undrawn.bpmn'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/undrawn\.bpmn:\d+: c: The conditional event "c" has no condition/);
  });

  it('begins at every plain start event', async () => {
    const { result } = await run(file('starts.bpmn'));

    expect(result?.state).toBe('completed');
    expect(completed(result!)).toEqual(['start', 'also', 'join', 'end']);
  });

  it('asks which process is meant', async () => {
    const { exitCode, stderr } = await run(file('two.bpmn'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/several executable processes: a, b/);

    expect((await run(file('two.bpmn'), '--process', 'a')).result?.state).toBe('completed');
    expect((await run(file('two.bpmn'), '--process', 'c')).exitCode).toBe(2);
  });

  it('ends a process that loops without waiting', async () => {
    const { exitCode, result } = await run(file('loop.bpmn'));

    expect(exitCode).toBe(1);
    expect(result).toMatchObject({ state: 'failed', error: { code: 'step-limit', elementId: 'x' } });
  });

  it('prints a trace for people, live with --watch', async () => {
    const { stdout } = await baton(['run', file('timer.bpmn'), '--timers', 'skip', '--watch']);

    expect(stdout).toMatch(/activated +bpmn:StartEvent +start\n/);
    expect(stdout.match(/completed +bpmn:EndEvent/g)).toHaveLength(1);
    expect(stdout).toMatch(/State: completed/);
  });
});

describe('a file that cannot run', () => {
  const file = folderWith({
    'malformed.bpmn': bpmn('<process id="p">\n<startEvent id="s">\n</process>'),
    'dangling.bpmn': bpmn(
      '<process id="p" isExecutable="true">\n<startEvent id="s"/>\n<sequenceFlow id="f" sourceRef="s" targetRef="gone"/>\n</process>',
    ),
    'doctype.bpmn': '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<definitions/>',
    'picture.bpmn': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'juel.bpmn': bpmn(sequence('p', ['task', '<userTask id="task" camunda:assignee="${a +}"/>'])),
    'empty.bpmn': '',
  });

  it.each<[string, RegExp]>([
    ['malformed.bpmn', /malformed\.bpmn:5(:\d+)?: .*\(xml-malformed\)/],
    ['dangling.bpmn', /dangling\.bpmn:5: f: .*gone.*\(bpmn-unresolved-reference\)/],
    ['doctype.bpmn', /doctype\.bpmn:2(:\d+)?: .*\(xml-dtd-forbidden\)/],
    ['picture.bpmn', /picture\.bpmn.*\(bpmn-not-bpmn\)/],
    ['juel.bpmn', /juel\.bpmn:\d+(:\d+)?: task: .*\(juel-syntax\)/],
    ['empty.bpmn', /empty\.bpmn.*\(xml-malformed\)/],
  ])('%s is refused with its place', async (name, line) => {
    for (const command of ['run', 'validate']) {
      const { exitCode, stderr, stdout } = await baton([command, file(name)]);

      expect(exitCode, command).toBe(2);
      expect(stderr, command).toMatch(line);
      expect(stdout, command).not.toMatch(/: valid|State:/);
    }
  });

  it('is reported as JSON too', async () => {
    const ran = await baton(['validate', file('dangling.bpmn'), '--json']);

    expect(ran.exitCode).toBe(2);
    expect(jsonOf(ran)).toMatchObject({
      valid: false,
      issues: [{ severity: 'error', code: 'bpmn-unresolved-reference', elementId: 'f', line: 5 }],
    });
  });
});
