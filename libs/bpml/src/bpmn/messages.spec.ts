import { describe, expect, it } from 'vitest';
import { readElementOf } from './fixtures.js';

// Features: M-01, M-18

const feel = (text: string) => ({ language: 'feel', text });
const literal = (text: string) => ({ language: 'literal', text });
const flow = (attributes: string) => `<collaboration id="c"><messageFlow id="mf" ${attributes}/></collaboration>`;

describe('a message that only a message flow names', () => {
  it.each([
    ['by its message', 'name="Pay" messageRef="m"', 'Paid'],
    ['by its name', 'name="Pay&#10;now"', 'Pay now'],
    ['by its id', '', 'mf'],
  ])('%s', async (_what, attributes, name) => {
    const root = `<message id="m" name="Paid"/>${flow(`${attributes} sourceRef="out" targetRef="in"`)}`;
    const process = '<sendTask id="out"/><intermediateCatchEvent id="in"><messageEventDefinition/></intermediateCatchEvent>';

    expect((await readElementOf(process, 'out', root)).element).toMatchObject({
      work: { kind: 'message', message: { name: literal(name) } },
    });
    expect((await readElementOf(process, 'in', root)).element).toMatchObject({ event: { message: { name: literal(name) } } });
  });

  it('by what its other end names', async () => {
    const { element, issues } = await readElementOf(
      '<intermediateThrowEvent id="out"><messageEventDefinition/></intermediateThrowEvent><receiveTask id="in" messageRef="m"/>',
      'out',
      `<message id="m" name="Paid"/>${flow('name="Pay" sourceRef="out" targetRef="in"')}`,
    );

    expect(element).toMatchObject({ event: { work: { message: { name: literal('Paid') } } } });
    expect(issues).toEqual([]);
  });
});

describe('a conversation', () => {
  const property = (id: string, path: string, message = 'm') =>
    `<correlationProperty id="${id}"><correlationPropertyRetrievalExpression messageRef="${message}"><messagePath>${path}</messagePath></correlationPropertyRetrievalExpression></correlationProperty>`;
  const key = (name: string, ...properties: readonly string[]) =>
    `<correlationKey id="k_${name}" name="${name}">${properties.map((id) => `<correlationPropertyRef>${id}</correlationPropertyRef>`).join('')}</correlationKey>`;
  const root = `<message id="m" name="Paid"/><message id="n" name="Other"/><collaboration id="c">${key('order', 'p1', 'p2')}${key('customer', 'p1')}</collaboration>${property('p1', 'customerId')}${property('p2', 'order.id')}`;

  it('is read from the properties of a message that has them all', async () => {
    const { element, issues } = await readElementOf('<receiveTask id="x" messageRef="m"/>', 'x', root);

    expect(element).toMatchObject({ message: { conversation: { name: 'order', properties: [feel('customerId'), feel('order.id')] } } });
    expect(issues.map(({ severity }) => severity)).toEqual(['info']);
  });

  it('may name its paths as formal expressions', async () => {
    const { element } = await readElementOf(
      '<receiveTask id="x" messageRef="m"/>',
      'x',
      root.replaceAll('messagePath>', 'formalExpression>'),
    );

    expect(element).toMatchObject({ message: { conversation: { name: 'order', properties: [feel('customerId'), feel('order.id')] } } });
  });

  it('is not of a message without them', async () => {
    const { element } = await readElementOf('<receiveTask id="x" messageRef="n"/>', 'x', root);

    expect(element).toEqual({ kind: 'receiveTask', id: 'x', message: { name: literal('Other') } });
  });

  it('is the one the process subscribes to, whose own data are not looked at', async () => {
    const { element, issues } = await readElementOf(
      '<receiveTask id="x" messageRef="m"/><correlationSubscription id="cs" correlationKeyRef="k_customer"><correlationPropertyBinding correlationPropertyRef="p1"><dataPath>me</dataPath></correlationPropertyBinding></correlationSubscription>',
      'x',
      root,
    );

    expect(element).toMatchObject({ message: { conversation: { name: 'customer', properties: [feel('customerId')] } } });
    expect(issues.filter(({ severity }) => severity === 'warning')).toMatchObject([{ code: 'not-executed', elementId: 'cs' }]);
  });

  it('has its properties in what is sent', async () => {
    const { element } = await readElementOf('<sendTask id="x" messageRef="m"/>', 'x', root);

    expect(element).toMatchObject({
      work: {
        variables: [
          { source: feel('customerId'), target: 'customerId' },
          { source: feel('order'), target: 'order' },
        ],
      },
    });
  });
});

it('a sent message carries what its input mappings make', async () => {
  const { element } = await readElementOf(
    '<sendTask id="x" messageRef="m"><extensionElements><zeebe:ioMapping><zeebe:input source="= order.total" target="amount"/></zeebe:ioMapping></extensionElements></sendTask>',
    'x',
    '<message id="m" name="Paid"/>',
  );

  expect(element).toMatchObject({
    inputs: [{ source: feel('order.total'), target: 'amount' }],
    work: { kind: 'message', variables: [{ source: feel('amount'), target: 'amount' }] },
  });
});
