import { Module } from '@nestjs/common';
import { ProcessInstancesController } from './process-instances.controller.js';
import { ProcessInstancesRepository } from './process-instances.repository.js';
import { ProcessInstances } from './process-instances.service.js';

@Module({ controllers: [ProcessInstancesController], providers: [ProcessInstances, ProcessInstancesRepository] })
export class ProcessInstancesModule {}
