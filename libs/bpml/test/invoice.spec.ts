import { decisionInputs, decisionPort, parseDmn } from '@baton/decisions';
import { Simulation, compile } from '@baton/engine';
import type { Variables } from '@baton/engine';
import { expressions, reads } from '@baton/expressions';
import { describe, expect, it } from 'vitest';
import { inferForm, readBpmn } from '../src/index.js';
import { suiteFiles } from './files.js';

const files = suiteFiles('invoice', 'n');
const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? new Uint8Array();
const readInvoice = (fileName: string) => readBpmn(bytesOf(fileName), { fileName });

describe.skipIf(files.length === 0)('the invoice process (needs SUITES_DIR)', () => {
  it.each(['invoice.v1.bpmn', 'invoice.v2.bpmn', 'reviewInvoice.bpmn'])('%s has no errors', async (name) => {
    const { issues, summary, diagram } = await readInvoice(name);

    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(summary).toHaveLength(1);
    expect(diagram.shapes.length).toBeGreaterThanOrEqual(summary[0]?.elements ?? 0);
  });

  it('lists what is mapped, needs a worker, or is only kept', async () => {
    const { issues } = await readInvoice('invoice.v2.bpmn');

    expect(issues.map(({ severity, code, elementId }) => `${severity} ${code} ${elementId}`)).toEqual([
      'info preserved sid-0b0aaa25-3baf-4875-9d7a-0907d599a9ef',
      'info preserved invoice',
      'info listener-mapped approveInvoice',
      'info listener-mapped approveInvoice',
      'info preserved prepareBankTransfer',
      'warning worker-needed ServiceTask_1',
      'info preserved ServiceTask_1',
    ]);
  });

  it('reads every step as the original means it', async () => {
    const { processes } = await readInvoice('invoice.v2.bpmn');
    const element = (id: string) => processes[0]?.elements.find((candidate) => candidate.id === id);

    expect(processes[0]).toMatchObject({ id: 'invoice', name: 'Invoice Receipt', executable: true, versionTag: 'V2.0' });
    expect(element('assignApprover')).toMatchObject({
      work: {
        kind: 'decision',
        decisionId: { text: 'invoice-assign-approver' },
        resultVariable: 'approverGroups',
        mapResult: 'collectEntries',
      },
    });
    expect(element('approveInvoice')).toMatchObject({
      assignee: { language: 'feel', text: 'approver' },
      assigneeVariable: 'approver',
      candidateGroups: { language: 'juel', text: '${approverGroups}' },
      dueAt: { language: 'juel', text: '${dateTime().plusWeeks(1).toDate()}' },
    });
    expect(element('ServiceTask_1')).toMatchObject({
      work: { kind: 'job', jobType: { text: 'vendor:camunda:org.camunda.bpm.example.invoice.service.ArchiveInvoiceService' } },
    });
    expect(element('reviewInvoice')).toMatchObject({
      called: { processId: { text: 'ReviewInvoice' } },
      outputs: [{ source: { text: 'clarified' }, target: 'clarified' }],
    });
    expect(processes[0]?.flows.filter(({ condition }) => condition).map(({ id, condition }) => [id, condition?.text])).toEqual([
      ['reviewSuccessful', '${clarified}'],
      ['reviewNotSuccessful', '${!clarified}'],
      ['invoiceApproved', '${approved}'],
      ['invoiceNotApproved', '${!approved}'],
    ]);
  });

  it('draws the pool, its lanes, the data store and its association', async () => {
    const { diagram } = await readInvoice('invoice.v2.bpmn');
    const shape = (id: string) => diagram.shapes.find(({ elementId }) => elementId === id);

    expect(shape('Process_Engine_1')).toMatchObject({
      kind: 'participant',
      name: 'Invoice Receipt',
      bounds: { x: 160, y: 80, width: 1009, height: 486 },
    });
    expect(shape('Approver')).toMatchObject({ kind: 'lane', parent: 'Process_Engine_1' });
    expect(shape('DataStoreReference_1')).toMatchObject({ kind: 'dataStoreReference', label: { x: 738 } });
    expect(diagram.edges.find(({ elementId }) => elementId === 'DataInputAssociation_08di2kz')).toMatchObject({
      kind: 'dataAssociation',
      source: 'DataStoreReference_1',
      target: 'prepareBankTransfer',
    });
    expect(diagram.edges.find(({ elementId }) => elementId === 'invoiceApproved')).toMatchObject({ conditional: true, name: 'yes' });
  });

  it('infers its forms', async () => {
    const processes = [...(await readInvoice('invoice.v2.bpmn')).processes, ...(await readInvoice('reviewInvoice.bpmn')).processes];
    const dmn = await parseDmn(new TextDecoder().decode(bytesOf('invoiceBusinessDecisions.dmn')));
    const decisionId = 'invoice-assign-approver';
    const surroundings = { processes, decisions: [{ decisionId, inputs: decisionInputs(dmn, decisionId) }] };
    const formOf = (index: number, where: string) => {
      const model = processes[index];
      if (!model) throw new Error('No such process.');
      return inferForm(model, where, reads, surroundings);
    };

    expect(formOf(0, 'start')).toEqual({
      inferred: true,
      schema: {
        type: 'object',
        properties: {
          amount: { title: 'Amount', type: 'number' },
          invoiceCategory: { title: 'Invoice category', type: 'string', enum: ['Travel Expenses', 'Misc', 'Software License Costs'] },
          invoiceDocument: { title: 'Invoice document', type: 'string' },
          creditor: { title: 'Creditor', type: 'string' },
          invoiceNumber: { title: 'Invoice number', type: 'string' },
        },
        required: ['amount', 'invoiceCategory'],
      },
      uiSchema: { 'ui:order': ['amount', 'invoiceCategory', 'invoiceDocument', 'creditor', 'invoiceNumber'] },
    });
    expect(formOf(0, 'approveInvoice').schema).toMatchObject({ properties: { approved: { type: 'boolean' } }, required: ['approved'] });
    expect(formOf(0, 'prepareBankTransfer').schema).toEqual({ type: 'object', properties: {} });
    expect(formOf(1, 'start').schema).toEqual({ type: 'object', properties: {} });
    expect(formOf(1, 'assignReviewer').schema).toEqual({ type: 'object', properties: { reviewer: { title: 'Reviewer', type: 'string' } } });
    expect(formOf(1, 'reviewInvoice').schema).toEqual({
      type: 'object',
      properties: { clarified: { title: 'Clarified', type: 'boolean' } },
      required: ['clarified'],
    });
  });

  it('runs: declined, clarified, approved, paid', async () => {
    const processes = [...(await readInvoice('invoice.v2.bpmn')).processes, ...(await readInvoice('reviewInvoice.bpmn')).processes];
    const decisions = decisionPort([await parseDmn(new TextDecoder().decode(bytesOf('invoiceBusinessDecisions.dmn')))]);
    const simulation = new Simulation(Date.UTC(2026, 2, 1));
    simulation.deploy(...processes.map((model) => compile(model, { expressions, decisions })));
    const id = simulation.start('invoice', {
      amount: 1200,
      creditor: 'Great Pizza',
      invoiceCategory: 'Travel Expenses',
      invoiceNumber: '1',
    });
    const answer = (elementId: string, variables: Variables) => {
      const waiting = simulation.waiting.find((candidate) => candidate.elementId === elementId);
      if (!waiting) throw new Error(`${elementId} does not wait: ${simulation.waiting.map((other) => other.elementId).join()}.`);
      if (waiting.type === 'job') simulation.completeJob(waiting.instanceId, waiting.key, variables);
      else simulation.completeUserTask(waiting.instanceId, waiting.key, variables);
    };

    expect(simulation.instance(id).events.find(({ type }) => type === 'userTaskCreated')).toMatchObject({
      candidateGroups: ['accounting', 'sales'],
      dueAt: Date.UTC(2026, 2, 8),
    });
    answer('approveInvoice', { approved: false });
    answer('assignReviewer', { reviewer: 'mary' });
    answer('reviewInvoice', { clarified: true });
    answer('approveInvoice', { approved: true });
    answer('prepareBankTransfer', {});
    answer('ServiceTask_1', {});
    expect(simulation.instance(id).state.status).toBe('completed');
  });
});
