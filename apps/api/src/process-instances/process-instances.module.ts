import { Module } from '@nestjs/common';
import { OperationsController } from './operations.controller.js';
import { ProcessInstancesController } from './process-instances.controller.js';
import { ProcessInstancesRepository } from './process-instances.repository.js';
import { ProcessInstances } from './process-instances.service.js';

@Module({ controllers: [ProcessInstancesController, OperationsController], providers: [ProcessInstances, ProcessInstancesRepository] })
export class ProcessInstancesModule {}
