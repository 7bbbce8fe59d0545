import { describe, expect, it } from 'vitest';
import { file, read } from './fixtures.js';
import { readBpmn } from './read-bpmn.js';

// Features: M-01

const flow = (condition: string, attributes = '') =>
  `<exclusiveGateway id="g"/><task id="t"/><sequenceFlow id="f" sourceRef="g" targetRef="t"><conditionExpression${attributes}>${condition}</conditionExpression></sequenceFlow>`;

describe('a condition of no named language', () => {
  it.each([
    ["choice == 'Yes'", "${choice == 'Yes'}"],
    ['u == 1 and not done', '${u == 1 && ! done}'],
    ['order.total >= 5 &amp;&amp; (kind !== "a" || !rush)', '${order.total >= 5 && ( kind != "a" || ! rush )}'],
    ['approved == True or reason != None', '${approved == true || reason != null}'],
  ])('is read as JUEL where it is a comparison no FEEL can be: %s', async (text, juel) => {
    const { processes, issues } = await read(flow(text));

    expect(processes[0]?.flows[0]?.condition).toEqual({ language: 'juel', text: juel });
    expect(issues).toMatchObject([{ severity: 'info', code: 'comparison-assumed', elementId: 'f' }]);
  });

  it.each([
    'u &gt; 0',
    'a = 1 and b',
    '= choice == 1',
    'len(items) == 2',
    "kind in ['a']",
    'a + b == 2',
    'not(a)',
    'not a == b',
    '1 &lt; x == 5',
    'this.a == 1',
    'x == "${y',
  ])('stays FEEL otherwise: %s', async (text) => {
    const { processes, issues } = await read(flow(text));

    expect(processes[0]?.flows[0]?.condition?.language).toBe(text.includes('${') ? 'juel' : 'feel');
    expect(issues).toEqual([]);
  });

  it('is FEEL where the file says so, and refused in a language that is not evaluated', async () => {
    const named = await read(flow("a == 'x'", ' language="https://www.omg.org/spec/FEEL/1.0"'));
    const foreign = await read(flow("a == 'x'", ' language="python"'));

    expect(named.processes[0]?.flows[0]?.condition?.language).toBe('feel');
    expect(foreign.issues).toMatchObject([{ severity: 'error', code: 'bpmn-unsupported' }]);
  });
});

describe('a file whose default is a language that is not evaluated', () => {
  const mvel = (condition: string) =>
    readBpmn(file(flow(condition)).replace('id="file"', 'id="file" expressionLanguage="http://www.mvel.org/2.0"'), { fileName: 'a.bpmn' });

  it.each([
    ['${x > 2}', '${x > 2}'],
    ['x == 1', '${x == 1}'],
    ['3', '${3}'],
  ])('is read where it holds none: %s', async (text, juel) => {
    const { processes, issues } = await mvel(text);

    expect(processes[0]?.flows[0]?.condition).toEqual({ language: 'juel', text: juel });
    expect(issues.map(({ severity }) => severity)).not.toContain('error');
  });

  it('is refused where it does', async () => {
    const { issues } = await mvel('list contains x');

    expect(issues).toContainEqual(expect.objectContaining({ severity: 'error', code: 'bpmn-unsupported', elementId: 'f' }));
  });
});

describe('a file of bpmn-engine', () => {
  it('names variables by where they stand', async () => {
    const { processes } = await read(flow('${environment.variables.amount > environment.output.limit}'));

    expect(processes[0]?.flows[0]?.condition).toEqual({ language: 'juel', text: '${amount > limit}' });
  });

  it('has its functions as jobs', async () => {
    const { processes, issues } = await read('<serviceTask id="s" implementation="${environment.services.charge}"/>');

    expect(processes[0]?.elements[0]).toMatchObject({
      work: { kind: 'job', jobType: { language: 'literal', text: 'vendor:bpmn-engine:charge' } },
    });
    expect(issues).toMatchObject([{ severity: 'warning', code: 'worker-needed' }]);
  });
});
