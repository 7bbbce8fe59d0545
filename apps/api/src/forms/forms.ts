import { Injectable } from '@nestjs/common';
import { inferForm } from '@baton/bpml';
import type { FormSurroundings } from '@baton/bpml';
import type { Form } from '@baton/contracts';
import { decisionInputs, parseDmn } from '@baton/decisions';
import { upcastModel } from '@baton/engine';
import type { ProcessModel, Variables } from '@baton/engine';
import { reads } from '@baton/expressions';
import type { Transaction } from '@baton/runtime';
import { modelOf } from '../process-definitions/process-definitions.repository.js';
import { checkForm } from './check-form.js';

/** How long an inferred form is kept: a decision deployed later may change what a process asks for. */
const KEEP_MS = 10_000;
const KEPT_MAX = 1_000;

/** Which definition is started: as in a start request. */
interface StartTarget {
  readonly processId?: string | undefined;
  readonly version?: number | undefined;
  readonly processDefinitionId?: string | undefined;
  readonly variables: object;
}

/** The forms of processes and tasks, and the checks of what was entered against them. */
@Injectable()
export class Forms {
  private readonly kept = new Map<string, { readonly form: Form; readonly until: number }>();

  /** @param where  `start`, or the id of a user task. */
  async infer(tx: Transaction, definitionId: string, where: string): Promise<Form> {
    const key = `${tx.tenantId} ${definitionId} ${where}`;
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return known.form;
    const model = await modelOf(tx, definitionId);
    const form = inferForm(model, where, reads, await surroundingsOf(tx, model));
    this.kept.delete(key);
    this.kept.set(key, { form, until: Date.now() + KEEP_MS });
    if (this.kept.size > KEPT_MAX) this.kept.delete(this.kept.keys().next().value!);
    return form;
  }

  /**
   * @throws AppError `form-invalid` (422) naming the fields. An unknown definition is left to the start itself.
   */
  async checkStart(tx: Transaction, { processId, version, processDefinitionId, variables }: StartTarget): Promise<void> {
    const [definition] = await tx.query<{ id: string }>(
      `select id from process_definition where tenant_id = $1 and case when $2::text is not null then id::text = $2
         else process_id = $3 and ($4::int is null or version = $4) end order by version desc limit 1`,
      [tx.tenantId, processDefinitionId ?? null, processId ?? null, version ?? null],
    );
    if (definition) checkForm(await this.infer(tx, definition.id, 'start'), variables as Variables);
  }

  /**
   * @throws AppError `form-invalid` (422) naming the fields; `field-not-writable` (422).
   */
  async checkTask(tx: Transaction, definitionId: string, elementId: string, variables: Variables): Promise<void> {
    checkForm(await this.infer(tx, definitionId, elementId), variables);
  }
}

/** What is deployed around a process: the decisions it calls, the processes it calls, and those that call it. */
async function surroundingsOf(tx: Transaction, model: ProcessModel): Promise<FormSurroundings> {
  const elements = model.elements;
  const decisionIds = elements.flatMap((element) =>
    'work' in element && element.work.kind === 'decision' ? [element.work.decisionId.text] : [],
  );
  const called = elements.flatMap((element) =>
    element.kind === 'callActivity' && element.called.type === 'process' ? [element.called.processId.text] : [],
  );
  const decisions = decisionIds.length === 0 ? [] : await decisionsOf(tx, decisionIds);
  return { decisions, processes: await neighborsOf(tx, model.id, called) };
}

async function decisionsOf(tx: Transaction, decisionIds: readonly string[]): Promise<NonNullable<FormSurroundings['decisions']>> {
  const rows = await tx.query<{ decision_id: string; content: Buffer }>(
    `select distinct on (d.decision_id) d.decision_id, f.content from decision_definition d
     join resource_file f on f.tenant_id = d.tenant_id and f.id = d.resource_id
     where d.tenant_id = $1 and d.decision_id = any($2) order by d.decision_id, d.version desc`,
    [tx.tenantId, decisionIds],
  );
  return Promise.all(
    rows.map(async ({ decision_id: decisionId, content }) => ({
      decisionId,
      inputs: decisionInputs(await parseDmn(content.toString('utf8')), decisionId),
    })),
  );
}

/** The latest versions of called and calling processes. A caller mentions the id somewhere in its model's text. */
async function neighborsOf(tx: Transaction, processId: string, called: readonly string[]): Promise<ProcessModel[]> {
  const rows = await tx.query<{ model: string }>(
    `select model from process_definition d
     where tenant_id = $1 and process_id <> $2 and (process_id = any($3) or position($4 in model) > 0)
       and not exists (select 1 from process_definition newer
         where newer.tenant_id = d.tenant_id and newer.process_id = d.process_id and newer.version > d.version)
     limit 50`,
    [tx.tenantId, processId, called, JSON.stringify(processId)],
  );
  return rows.map((row) => upcastModel(JSON.parse(row.model)));
}
