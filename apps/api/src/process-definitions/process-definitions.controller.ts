import { Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ConditionalStartRequest, Diagram, Form, PageQuery, ProcessDefinition, StartedByCondition, pageOf } from '@baton/contracts';
import type { Page } from '@baton/contracts';
import { Can } from '../platform/access.js';
import { JsonBody } from '../platform/json-body.js';
import { Bytes } from '../platform/openapi.js';
import { Operation } from '../platform/operation.js';
import { PathId } from '../platform/path-id.js';
import { Caller } from '../platform/principal.js';
import type { Principal } from '../platform/principal.js';
import { QueryOf } from '../platform/query.js';
import { WriteOf } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { ProcessDefinitions } from './process-definitions.service.js';

export const DefinitionQuery = PageQuery.extend({
  /** Only the newest version of each process. */
  latest: z.stringbool().optional(),
  processId: z.string().max(255).optional(),
});
export type DefinitionQuery = z.output<typeof DefinitionQuery>;

/** The canonical model and the picture of a definition: what the designer draws and the browser folds histories with. */
export const ModelView = z.object({ model: z.looseObject({ id: z.string() }), diagram: Diagram });

@Controller('api/v1/process-definitions')
export class ProcessDefinitionsController {
  constructor(private readonly definitions: ProcessDefinitions) {}

  @Get()
  @Can('read', 'ProcessDefinition')
  @Operation({ summary: 'List deployed processes, newest first', response: pageOf(ProcessDefinition) })
  list(@Caller() caller: Principal, @QueryOf(DefinitionQuery) query: DefinitionQuery): Promise<Page<ProcessDefinition>> {
    return this.definitions.list(caller.tenantId, query);
  }

  @Get(':id')
  @Can('read', 'ProcessDefinition')
  @Operation({ summary: 'One version of a process', response: ProcessDefinition })
  get(@Caller() caller: Principal, @PathId() id: string): Promise<ProcessDefinition> {
    return this.definitions.get(caller.tenantId, id);
  }

  @Get(':id/source')
  @Can('read', 'ProcessDefinition')
  @Operation({ summary: 'The deployed file, byte for byte', produces: 'application/octet-stream', response: Bytes })
  async source(@Caller() caller: Principal, @PathId() id: string, @Res() reply: FastifyReply): Promise<void> {
    const { name, content } = await this.definitions.source(caller.tenantId, id);
    await reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(content);
  }

  @Get(':id/model')
  @Can('read', 'ProcessDefinition')
  @Operation({ summary: 'The canonical model and the picture', response: ModelView })
  async model(@Caller() caller: Principal, @PathId() id: string, @Res() reply: FastifyReply): Promise<void> {
    const text = await this.definitions.modelText(caller.tenantId, id);
    // Both were stored as JSON text; a version never changes.
    await reply.type('application/json; charset=utf-8').header('cache-control', 'private, max-age=31536000, immutable').send(text);
  }

  @Get(':id/start-form')
  @Can('start', 'ProcessInstance')
  @Operation({
    summary: 'The form to start it with',
    description: 'Inferred from the variables the process reads and never writes, unless it brings a form.',
    response: Form,
  })
  startForm(@Caller() caller: Principal, @PathId() id: string): Promise<Form> {
    return this.definitions.startForm(caller.tenantId, id);
  }

  @Post(':id/conditional-start')
  @Can('start', 'ProcessInstance')
  @Operation({
    summary: 'Offer variables to the conditional start events of a process',
    description: 'Each whose condition they make true starts an instance with them; none may be.',
    response: StartedByCondition,
    problems: { 422: ['variable-name-reserved', 'variable-too-large'] },
    example: { request: { variables: { stock: 3 } }, response: { started: ['01994c1c-7a3e-7000-8000-000000000001'] } },
  })
  conditionalStart(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(ConditionalStartRequest) { variables }: ConditionalStartRequest,
  ): Promise<StartedByCondition> {
    return this.definitions.startByCondition(write, id, variables);
  }
}
