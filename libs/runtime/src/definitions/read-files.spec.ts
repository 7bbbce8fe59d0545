import type { AppError } from '@baton/contracts';
import { expect, it } from 'vitest';
import { readFiles } from './read-files.js';

// Features: M-06, M-12

const unsound = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:test">
  <process id="p" isExecutable="true">
    <startEvent id="start"/><exclusiveGateway id="stuck"/><sequenceFlow id="f" sourceRef="start" targetRef="stuck"/>
  </process>
</definitions>`;
const decision = (id: string) => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
  <decision id="${id}" name="${id}"><literalExpression><text>1 +</text></literalExpression></decision>
</definitions>`;

it('tells the findings of all files at once, decisions and processes alike', async () => {
  const files = [
    { name: 'first.dmn', content: decision('first') },
    { name: 'process.bpmn', content: unsound },
    { name: 'second.dmn', content: decision('second') },
  ];
  const refusal = (await readFiles(files).catch((error: unknown) => error)) as AppError;

  expect(refusal.status).toBe(422);
  expect([...new Set(refusal.errors.map(({ file }) => file))]).toEqual(['first.dmn', 'process.bpmn', 'second.dmn']);
  expect(refusal.errors.every(({ line }) => line !== undefined)).toBe(true);
});
