import { reads } from '@baton/expressions';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ImportRefused, inferForm, readBpmn } from '../src/index.js';
import { exampleFile } from './files.js';

const source = exampleFile('purchase-order.bpmn');
const pieces = ['<', '>', '"', '&', '</', '<task', ' id="x"', 'sourceRef', '\0', '\u202E', '${', '=', 'constructor', '__proto__', ''];

/** What a broken editor, a cut upload or a hostile hand makes of a file. */
const mutation = fc.array(
  fc.record({ at: fc.nat(source.length), cut: fc.nat(60), insert: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })) }),
  { minLength: 1, maxLength: 4 },
);

it('answers every damaged file with a result or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(mutation, async (edits) => {
      const damaged = edits.reduce((text, { at, cut, insert }) => text.slice(0, at) + insert + text.slice(at + cut), source);
      try {
        const { processes } = await readBpmn(damaged, { fileName: 'damaged.bpmn' });
        for (const model of processes) {
          for (const { id } of model.elements) inferForm(model, id, reads);
          inferForm(model, 'start', reads);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ImportRefused);
      }
    }),
    { numRuns: 300 },
  );
});

it('reads a file at its limits well within two seconds', async () => {
  const node = (index: number) =>
    `<serviceTask id="t${index}" implementation="noop"/><sequenceFlow id="f${index}" sourceRef="t${index}" targetRef="t${(index * 7 + 1) % 2_490}"/>`;
  const nodes = Array.from({ length: 2_490 }, (_, index) => node(index)).join('');
  const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true"><startEvent id="s"/>${nodes}</process></definitions>`;
  const started = performance.now();
  const { diagram } = await readBpmn(xml, { fileName: 'large.bpmn' });

  expect(diagram.shapes).toHaveLength(2_491);
  expect(performance.now() - started).toBeLessThan(2_000);
});
