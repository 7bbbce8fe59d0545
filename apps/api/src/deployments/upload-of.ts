import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { z } from 'zod';
import { noteInput } from '../platform/operation.js';
import { readDeployment } from './read-deployment.js';

/** Parameter: uploaded files, multipart or JSON. `schema` documents the JSON form. */
export const UploadOf =
  (schema: z.ZodType): ParameterDecorator =>
  (target, key, index) => {
    noteInput(target, key, { body: schema, multipart: true });
    createParamDecorator((_: unknown, context: ExecutionContext) => readDeployment(context.switchToHttp().getRequest()))()(
      target,
      key,
      index,
    );
  };
