import { describe, expect, it } from 'vitest';
import { readBpmn } from './bpmn/read-bpmn.js';
import { file, read } from './bpmn/fixtures.js';
import { ImportRefused } from './import-refused.js';

// Features: P-10, M-06

/** Node and browsers have it; the library compiles against neither's types. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const START = '<startEvent id="s"/>';
const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...[...text].flatMap((letter) => [letter.charCodeAt(0), 0])]);
const nested = (depth: number) =>
  '<subProcess>'.repeat(depth).replaceAll('<subProcess>', () => `<subProcess id="n${counter++}">`) + '</subProcess>'.repeat(depth);
let counter = 0;
const attributes = (count: number) => Array.from({ length: count }, (_, index) => `camunda:a${index}="x"`).join(' ');

async function refusal(content: string | Uint8Array): Promise<ImportRefused> {
  const result = await readBpmn(content, { fileName: 'bad.bpmn' }).catch((error: unknown) => error);
  if (!(result instanceof ImportRefused)) throw new Error(`Expected a refusal, got ${JSON.stringify(result)}.`);
  return result;
}

/** Rows 1 to 12 of the bad-input table, as far as the file alone shows them. */
describe('bad input', () => {
  it.each<readonly [row: number, what: string, content: string | Uint8Array, code: string, status: number]>([
    [1, 'billion laughs', `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${file(START)}`, 'xml-dtd-forbidden', 400],
    [1, 'a bare document type', `<!DOCTYPE definitions>${file(START)}`, 'xml-dtd-forbidden', 400],
    [
      2,
      'an external entity',
      `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${file('<task id="t" name="&x;"/>')}`,
      'xml-dtd-forbidden',
      400,
    ],
    [2, 'a parameter entity', `<!DOCTYPE d [<!ENTITY % x SYSTEM "http://x.test/">%x;]>${file(START)}`, 'xml-dtd-forbidden', 400],
    [2, 'XInclude', file('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x"/>'), 'bpmn-unsupported', 422],
    [3, 'an unclosed element', '<definitions><process></definitions>', 'xml-malformed', 400],
    [3, 'a truncated file', file(START).slice(0, -20), 'xml-malformed', 400],
    [3, 'two roots', `${file(START)}<x/>`, 'xml-malformed', 400],
    [3, 'an empty body', '', 'xml-malformed', 400],
    [3, 'only white space', ' \n ', 'xml-malformed', 400],
    [3, 'an undefined entity', file('<task id="t" name="&nbsp;"/>'), 'xml-malformed', 400],
    [3, 'an undeclared prefix', file('<brmn:task id="t"/>'), 'xml-malformed', 400],
    [4, 'UTF-16', utf16(file(START)), 'xml-encoding', 400],
    [4, 'a declared UTF-16', `<?xml version="1.0" encoding="UTF-16"?>${file(START)}`, 'xml-encoding', 400],
    [4, 'an unknown encoding', bytes(`<?xml version="1.0" encoding="klingon"?>${file(START)}`), 'xml-encoding', 400],
    [4, 'invalid UTF-8', new Uint8Array([...bytes('<x a="'), 0xe9, 0x22, ...bytes('/>')]), 'xml-encoding', 400],
    [4, 'invalid UTF-8 that someone decoded', file('<task id="t" name="caf\uFFFD"/>'), 'xml-encoding', 400],
    [5, 'more than 2 MiB', file(`<!--${'x'.repeat(2 * 1024 * 1024)}-->`), 'payload-too-large', 413],
    [5, 'more than 2 MiB of bytes', bytes(file(`<!--${'é'.repeat(1024 * 1024)}-->`)), 'payload-too-large', 413],
    [6, 'nesting deeper than 50', file(nested(50)), 'bpmn-limit', 422],
    [6, 'more than 5 000 elements', file('<task/>'.repeat(5_000)), 'bpmn-limit', 422],
    [6, 'more than 64 attributes', file(`<task id="t" ${attributes(64)}/>`), 'bpmn-limit', 422],
    [7, 'a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'bpmn-not-bpmn', 422],
    [7, 'BPMN without its namespace', '<definitions><process id="p"/></definitions>', 'bpmn-not-bpmn', 422],
    [7, 'another root of the namespace', `<process xmlns="${MODEL}" id="p"/>`, 'bpmn-not-bpmn', 422],
    [8, 'an id twice', file('<task id="t"/><userTask id="t"/>'), 'bpmn-duplicate-id', 422],
    [8, 'an attribute twice', file('<task id="t" name="a" name="b"/>'), 'bpmn-duplicate-id', 422],
    [9, 'a dangling source', file('<task id="t"/><sequenceFlow id="f" sourceRef="gone" targetRef="t"/>'), 'bpmn-unresolved-reference', 422],
    [9, 'a dangling target', file('<task id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="gone"/>'), 'bpmn-unresolved-reference', 422],
    [9, 'a dangling host', file('<boundaryEvent id="b" attachedToRef="gone"/>'), 'bpmn-unresolved-reference', 422],
    [9, 'a dangling default', file('<task id="t" default="gone"/>'), 'bpmn-unresolved-reference', 422],
    [9, 'a dangling message', file('<receiveTask id="t" messageRef="gone"/>'), 'bpmn-unresolved-reference', 422],
    [12, 'an id of 256 characters', file(`<task id="${'x'.repeat(256)}"/>`), 'bpmn-invalid-id', 422],
    [12, 'an id with a space', file('<task id="a b"/>'), 'bpmn-invalid-id', 422],
    [12, 'an id with a right-to-left override', file('<task id="a\u202Eb"/>'), 'bpmn-invalid-id', 422],
    [12, 'an empty id', file('<task id=""/>'), 'bpmn-invalid-id', 422],
    [12, 'a flow node without an id', file('<task name="x"/>'), 'bpmn-invalid-id', 422],
  ])('row %i: %s', async (_row, _what, content, code, status) => {
    const refused = await refusal(content);

    expect(refused).toMatchObject({ code, status });
    expect(refused.issues[0]).toMatchObject({ severity: 'error', code, file: 'bad.bpmn' });
    expect(refused.errors[0]).toMatchObject({ code, file: 'bad.bpmn' });
  });

  it('says line and column of what is not well-formed', async () => {
    const refused = await refusal('<definitions>\n  <process>\n  </proces>\n</definitions>');

    expect(refused.issues[0]).toMatchObject({ line: 3, column: 12 });
    expect(refused.message).toMatch(/line 3, column 12/);
  });

  it('lists every dangling reference at once, with element and line', async () => {
    const refused = await refusal(file('<task id="t" default="f0"/>\n<sequenceFlow id="f" sourceRef="a" targetRef="b"/>'));

    expect(refused.issues.map(({ elementId, line }) => [elementId, line])).toEqual([
      ['t', 1],
      ['f', 2],
      ['f', 2],
    ]);
  });

  it.each([
    ['a choreography task in a process', '<choreographyTask id="c" name="Ask"/>', '', 'choreographyTask "Ask"'],
    ['a gateway that does not exist', '<quantumGateway id="g" name="Both?"/>', '', 'quantumGateway "Both?"'],
    ['an event that does not exist', '<quantumEvent id="e"/>', '', 'quantumEvent "e"'],
    ['a trigger that does not exist', '<startEvent id="s"><quantumEventDefinition/></startEvent>', '', 'quantum startEvent "s"'],
    [
      'a trigger that cannot stand among several',
      '<subProcess id="p1" triggeredByEvent="true"><startEvent id="s"><errorEventDefinition/><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></startEvent></subProcess>',
      '',
      'error among the definitions of the startEvent "s"',
    ],
    [
      'a behavior that cannot be thrown',
      '<task id="t"><multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="x"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></task>',
      '<timerEventDefinition id="x"/>',
      'multi-instance "t" names the timer event',
    ],
    [
      'a condition in a script language',
      '<intermediateCatchEvent id="c"><conditionalEventDefinition><condition language="groovy">x</condition></conditionalEventDefinition></intermediateCatchEvent>',
      '',
      'condition of "c" is in groovy',
    ],
    ['an element that does not exist', '<quantumTask id="q"/>', '', 'quantumTask "q"'],
  ])('row 11: %s is named as unsupported', async (_what, process, root, named) => {
    const { issues } = await read(process, root);

    const errors = issues.filter(({ severity }) => severity === 'error');
    expect(errors[0]).toMatchObject({ code: 'bpmn-unsupported', file: 'test.bpmn' });
    expect(errors[0]?.message).toContain(named);
  });

  it.each([
    ['choreography "c"', '<choreography id="c"><choreographyTask id="ct" name="Ask"/></choreography>'],
    ['conversation "Talk"', '<collaboration id="c"><conversation id="v" name="Talk"/></collaboration>'],
  ])('row 11: a %s is refused alone, and kept beside a process that runs', async (named, root) => {
    const alone = await readBpmn(file('', root).replace('isExecutable="true"', ''), { fileName: 'a.bpmn' });
    const beside = await read(START, root);
    const about = ({ message }: { readonly message: string }) => message.includes(named);

    expect(alone.issues.filter(about)).toMatchObject([{ severity: 'error', code: 'bpmn-unsupported' }]);
    expect(beside.issues.filter(about)).toMatchObject([{ severity: 'info', code: 'preserved' }]);
    expect(beside.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['<startEvent id="x"><errorEventDefinition/></startEvent>'],
    ['<intermediateCatchEvent id="x"/>'],
    ['<intermediateThrowEvent id="x"><linkEventDefinition/></intermediateThrowEvent>'],
    ['<intermediateCatchEvent id="x"><conditionalEventDefinition/></intermediateCatchEvent>'],
    ['<task id="x"><multiInstanceLoopCharacteristics isSequential="true"/></task>'],
    ['<task id="x" startQuantity="0"/>'],
    ['<eventBasedGateway id="x" eventGatewayType="Parallel"/>'],
    ['<endEvent id="x"><cancelEventDefinition/></endEvent>'],
  ])('says once why %s is refused', async (process) => {
    const { issues } = await read(process);

    expect(issues.map(({ severity, code, elementId }) => [severity, code, elementId])).toEqual([['error', 'bpmn-invalid', 'x']]);
  });

  it('only informs about the same in a process that is not executable', async () => {
    const { issues, processes } = await readBpmn(file('<choreographyTask id="g"/>').replace('isExecutable="true"', ''), {
      fileName: 'a.bpmn',
    });

    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([
      ['info', 'not-executable'],
      ['info', 'bpmn-unsupported'],
    ]);
    expect(processes[0]?.executable).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'toString', 'x'.repeat(255), '\u{1F600}', 'Ünïcode'])(
    'row 12: the id %s works as data',
    async (id) => {
      const { processes, diagram } = await read(`${START}<task id="${id}"/><sequenceFlow id="f" sourceRef="s" targetRef="${id}"/>`);

      expect(processes[0]?.elements.map((element) => element.id)).toEqual(['s', id]);
      expect(processes[0]?.flows).toEqual([{ id: 'f', source: 's', target: id }]);
      expect(diagram.shapes.map(({ elementId }) => elementId)).toEqual(['s', id]);
    },
  );

  it('row 15: keeps names and documentation as plain text', async () => {
    const { processes } = await read(
      '<task id="t" name="&lt;img src=x onerror=alert(1)&gt;"><documentation>&lt;b&gt;</documentation></task>',
    );

    expect(processes[0]?.elements[0]).toMatchObject({ name: '<img src=x onerror=alert(1)>', documentation: '<b>' });
  });
});

describe('encodings that are read', () => {
  it.each([
    ['UTF-8 bytes', bytes(file('<task id="t" name="Prüfung"/>'))],
    ['UTF-8 bytes with a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(file('<task id="t" name="Prüfung"/>'))])],
    ['text with a byte order mark', `\uFEFF${file('<task id="t" name="Prüfung"/>')}`],
    ['text declared as Latin', `<?xml version="1.0" encoding="ISO-8859-1"?>${file('<task id="t" name="Prüfung"/>')}`],
    [
      'Latin bytes',
      new Uint8Array(
        [...`<?xml version="1.0" encoding="ISO-8859-1"?>${file('<task id="t" name="Prüfung"/>')}`].map((letter) => letter.charCodeAt(0)),
      ),
    ],
  ])('%s', async (_what, content) => {
    const { processes } = await readBpmn(content, { fileName: 'a.bpmn' });

    expect(processes[0]?.elements[0]?.name).toBe('Prüfung');
  });
});
