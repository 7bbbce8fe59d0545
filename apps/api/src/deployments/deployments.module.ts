import { Module } from '@nestjs/common';
import { DeploymentsController } from './deployments.controller.js';
import { Deployments } from './deployments.service.js';

@Module({ controllers: [DeploymentsController], providers: [Deployments] })
export class DeploymentsModule {}
