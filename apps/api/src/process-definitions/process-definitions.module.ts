import { Module } from '@nestjs/common';
import { ProcessDefinitionsController } from './process-definitions.controller.js';
import { ProcessDefinitionsRepository } from './process-definitions.repository.js';
import { ProcessDefinitions } from './process-definitions.service.js';

@Module({ controllers: [ProcessDefinitionsController], providers: [ProcessDefinitions, ProcessDefinitionsRepository] })
export class ProcessDefinitionsModule {}
