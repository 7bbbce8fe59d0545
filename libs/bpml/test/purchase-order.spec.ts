import { decide, decisionPort, parseDmn } from '@baton/decisions';
import { Simulation, compile } from '@baton/engine';
import type { Variables } from '@baton/engine';
import { expressions, parseExpression, reads } from '@baton/expressions';
import { describe, expect, it } from 'vitest';
import { inferForm, readBpmn } from '../src/index.js';
import { exampleFile } from './files.js';

// Features: U-07

const FILE = 'purchase-order.bpmn';

async function purchaseOrder() {
  const result = await readBpmn(exampleFile(FILE), { fileName: FILE });
  const model = result.processes[0];
  if (!model) throw new Error('The example has no process.');
  return { ...result, model };
}

describe('the purchase order example', () => {
  it('has nothing but a note on lanes and annotations', async () => {
    const { issues, summary } = await purchaseOrder();

    expect(issues.map(({ severity, code, elementId }) => [severity, code, elementId])).toEqual([['info', 'preserved', 'purchase-order']]);
    expect(summary).toEqual([{ id: 'purchase-order', name: 'Purchase order', executable: true, elements: 28 }]);
  });

  it('is read into this model', async () => {
    const { model } = await purchaseOrder();

    await expect(`${JSON.stringify(model, undefined, 2)}\n`).toMatchFileSnapshot('purchase-order.model.json');
  });

  it('is in FEEL, all of it well formed', async () => {
    const { model } = await purchaseOrder();
    const formulas =
      JSON.stringify(model)
        .match(/\{"language":"(?!literal)[^}]*\}/g)
        ?.map((text) => JSON.parse(text)) ?? [];

    expect(new Set(formulas.map(({ language }) => language))).toEqual(new Set(['feel']));
    for (const formula of formulas) expect(() => parseExpression(formula)).not.toThrow();
  });

  it('asks each person for what the way needs', async () => {
    const { model } = await purchaseOrder();
    const properties = (where: string) => Object.keys(inferForm(model, where, reads).schema['properties'] ?? {});

    expect(properties('start')).toEqual(['item', 'supplier', 'category', 'costCenter', 'amount']);
    expect(properties('approve_order')).toEqual(['approved']);
    expect(properties('release_budget')).toEqual(['released']);
    expect(properties('revise_order')).toEqual(['amount', 'resubmit']);
    expect(properties('confirm_delivery')).toEqual([]);
  });

  it('draws every element once, flows from border to border', async () => {
    const { diagram, model, summary } = await purchaseOrder();
    const bounds = new Map(diagram.shapes.map((shape) => [shape.elementId, shape.bounds]));
    const onBorder = (id: string, point: { x: number; y: number } | undefined) => {
      const box = bounds.get(id);
      if (!box || !point) return false;
      const inside = point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
      const within = point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height;
      return inside && !within;
    };

    expect(model.elements.map(({ id }) => id).filter((id) => !bounds.has(id))).toEqual([]);
    expect(model.elements).toHaveLength(summary[0]?.elements ?? 0);
    expect(model.flows.map(({ id }) => id).filter((id) => !diagram.edges.some(({ elementId }) => elementId === id))).toEqual([]);
    const astray = diagram.edges.filter(
      ({ source, target, waypoints }) => !onBorder(source, waypoints[0]) || !onBorder(target, waypoints.at(-1)),
    );
    expect(astray.map(({ elementId }) => elementId)).toEqual([]);
  });

  it.each([
    [120, 'Office supplies', 'none'],
    [120, 'Hardware', 'manager'],
    [500, 'Software', 'manager'],
    [4999.99, 'Travel', 'manager'],
    [5000, 'Travel', 'finance'],
  ])('%d for %s needs: %s', async (amount, category, level) => {
    const model = await parseDmn(exampleFile('purchase-order.dmn'));

    expect(decide(model, 'approval-level', { amount, category }, 0).value).toBe(level);
  });
});

/** Runs the example as the worker would; people answer in turn, jobs are done at once. */
async function play(variables: Variables, answers: Readonly<Record<string, Variables>> = {}) {
  const { model } = await purchaseOrder();
  const process = compile(model, { expressions, decisions: decisionPort([await parseDmn(exampleFile('purchase-order.dmn'))]) });
  const simulation = new Simulation();
  simulation.deploy(process);
  const id = simulation.start('purchase-order', variables, { by: 'demo' });
  const people: string[] = [];
  for (
    let next = simulation.waiting.find(({ type }) => type !== 'timer');
    next;
    next = simulation.waiting.find(({ type }) => type !== 'timer')
  ) {
    if (next.type === 'job') {
      simulation.completeJob(next.instanceId, next.key);
    } else {
      people.push(next.elementId);
      if (people.length > 10) throw new Error('The example does not come to an end.');
      simulation.completeUserTask(next.instanceId, next.key, answers[next.elementId] ?? {});
    }
  }
  const { state, events } = simulation.instance(id);
  const ends = events.flatMap((event) => (event.type === 'elementCompleted' || event.type === 'elementPassed' ? [event.elementId] : []));
  return { people, status: state.status, end: ends.at(-1), simulation };
}

describe('the purchase order, played', () => {
  const order = { item: 'Laptop', category: 'Hardware', costCenter: 'IT', amount: 1_800 };

  it('goes straight through when it is small', async () => {
    const { people, status, end } = await play({ ...order, category: 'Office supplies', amount: 80 });

    expect([status, end]).toEqual(['completed', 'order_delivered']);
    expect(people).toEqual(['confirm_delivery']);
  });

  it('needs the manager, or finance as well', async () => {
    const manager = await play(order, { approve_order: { approved: true } });
    const finance = await play({ ...order, amount: 9_000 }, { approve_order: { approved: true }, release_budget: { released: true } });
    const rejected = await play({ ...order, amount: 9_000 }, { approve_order: { approved: true }, release_budget: { released: false } });

    expect([manager.people, manager.end]).toEqual([['approve_order', 'confirm_delivery'], 'order_delivered']);
    expect([finance.people, finance.end]).toEqual([['approve_order', 'release_budget', 'confirm_delivery'], 'order_delivered']);
    expect([rejected.people, rejected.end]).toEqual([['approve_order', 'release_budget'], 'order_rejected']);
  });

  it('comes back to the requester when it is over budget or declined', async () => {
    const over = await play(
      { ...order, amount: 30_000 },
      { revise_order: { amount: 100, resubmit: true }, approve_order: { approved: true } },
    );
    const declined = await play(order, { approve_order: { approved: false }, revise_order: { resubmit: false } });

    expect([over.people, over.end]).toEqual([['revise_order', 'approve_order', 'confirm_delivery'], 'order_delivered']);
    expect([declined.people, declined.end]).toEqual([['approve_order', 'revise_order'], 'order_withdrawn']);
  });
});
