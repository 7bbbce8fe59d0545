import { Controller, Post } from '@nestjs/common';
import { DeployRequest, Deployment } from '@baton/contracts';
import { Can } from '../platform/access.js';
import { Operation } from '../platform/operation.js';
import { WriteOf } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { Deployments } from './deployments.service.js';
import type { UploadedDeployment } from './read-deployment.js';
import { UploadOf } from './upload-of.js';

@Controller('api/v1/deployments')
export class DeploymentsController {
  constructor(private readonly deployments: Deployments) {}

  @Post()
  @Can('deploy', 'ProcessDefinition')
  @Operation({
    summary: 'Deploy files together, or none of them',
    description:
      'BPMN and DMN files, as multipart parts `files` or as JSON. What an import keeps but does not execute is listed in `issues`.',
    status: 201,
    alsoStatus: { 200: 'The same content was deployed before; nothing has changed' },
    response: Deployment,
    problems: {
      400: ['xml-dtd-forbidden', 'xml-malformed', 'xml-encoding', 'multipart-malformed'],
      413: ['payload-too-large'],
      422: [
        'bpmn-not-bpmn',
        'bpmn-limit',
        'bpmn-duplicate-id',
        'bpmn-unresolved-reference',
        'bpmn-invalid',
        'bpmn-unsupported',
        'bpmn-invalid-id',
        'feel-syntax',
        'timer-invalid',
        'filename-invalid',
      ],
    },
    example: { request: { name: 'Invoices', files: [{ name: 'invoice.bpmn', content: '<?xml version="1.0"?><definitions …' }] } },
  })
  deploy(@WriteOf() write: Write, @UploadOf(DeployRequest) upload: UploadedDeployment): Promise<Deployment> {
    return this.deployments.deploy(write, upload);
  }
}
