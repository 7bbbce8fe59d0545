import { describe, expect, it } from 'vitest';
import { read, readElementOf } from './fixtures.js';

// Features: E-04

const literal = (text: string) => ({ language: 'literal', text });
const CATCH = '<intermediateCatchEvent id="c"><signalEventDefinition/></intermediateCatchEvent>';

describe('signal events without a name', () => {
  it('meet each other in a file that throws one', async () => {
    const thrown = '<endEvent id="e"><signalEventDefinition/></endEvent>';
    const { processes } = await read(CATCH + thrown);

    expect(processes[0]?.elements).toMatchObject([{ event: { name: literal('e') } }, { event: { name: literal('e') } }]);
  });

  it('go by their own id where none is thrown, or only a named one', async () => {
    const named = '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="s"/></intermediateThrowEvent>';
    const { element } = await readElementOf(CATCH + named, 'c', '<signal id="s" name="Alarm"/>');

    expect(element).toMatchObject({ event: { name: literal('c') } });
  });
});
