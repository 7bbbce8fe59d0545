import { readBpmn } from '@baton/bpml';
import { describe, expect, it } from 'vitest';
import { inOneLine, soundnessIssues } from './soundness-issues.js';

// Features: B-02

const head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t">';

function choice(join: string): string {
  return `<process id="p" isExecutable="true"><startEvent id="start"/><exclusiveGateway id="split" default="f3"/><manualTask id="a"/><manualTask id="b"/><${join} id="join"/><endEvent id="end"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="split"/>
<sequenceFlow id="f2" sourceRef="split" targetRef="a"><conditionExpression>\${x}</conditionExpression></sequenceFlow>
<sequenceFlow id="f3" sourceRef="split" targetRef="b"/>
<sequenceFlow id="f4" sourceRef="a" targetRef="join"/><sequenceFlow id="f5" sourceRef="b" targetRef="join"/><sequenceFlow id="f6" sourceRef="join" targetRef="end"/></process>`;
}

const issues = async (content: string) =>
  soundnessIssues(await readBpmn(Buffer.from(`${head}${content}</definitions>`), { fileName: 'p.bpmn' }));

describe('soundness of a file', () => {
  it('is no issue where there is nothing wrong', async () => {
    expect(await issues(choice('exclusiveGateway'))).toEqual([]);
  });

  it('is told with codes, places and the way there', async () => {
    const [deadlock] = await issues(choice('parallelGateway'));
    expect(deadlock).toMatchObject({ severity: 'error', code: 'soundness-deadlock', elementId: 'join', elementIds: ['join'] });
    expect(inOneLine(deadlock?.counterexample ?? [])).toBe('start start (f2: yes) → complete a');
  });

  it('covers messages between the processes of the file', async () => {
    const flow = '<messageFlow id="m" sourceRef="ask" targetRef="asked"/>';
    const found =
      await issues(`<message id="q" name="question"/><collaboration id="c"><participant id="p1" processRef="one"/><participant id="p2" processRef="two"/>${flow}</collaboration>
<process id="one" isExecutable="true"><startEvent id="s"/><scriptTask id="ask" scriptFormat="feel"><script>1</script></scriptTask><endEvent id="e"/>
<sequenceFlow id="o1" sourceRef="s" targetRef="ask"/><sequenceFlow id="o2" sourceRef="ask" targetRef="e"/></process>
<process id="two" isExecutable="true"><startEvent id="asked"><messageEventDefinition messageRef="q"/></startEvent><endEvent id="done"/>
<sequenceFlow id="t1" sourceRef="asked" targetRef="done"/></process>`);
    expect(found).toMatchObject([{ severity: 'error', code: 'soundness-message-never-sent', elementIds: ['asked', 'ask'] }]);
  });
});
