import { HttpCode, applyDecorators } from '@nestjs/common';
import type { z } from 'zod';

const OPERATION = Symbol('baton.operation');
const INPUTS = Symbol('baton.inputs');

/** What one route says about itself: the source of its documentation. Inputs are added by the parameter decorators. */
export interface OperationSpec {
  readonly summary: string;
  readonly description?: string;
  /** Default 200. */
  readonly status?: number;
  /** Other success statuses with the same body, and when they come. */
  readonly alsoStatus?: Readonly<Record<number, string>>;
  readonly response?: z.ZodType;
  /** Media type of the response; default `application/json`. */
  readonly produces?: string;
  /** Codes of the refusals that belong to this route, by status. What every route can answer is added. */
  readonly problems?: Readonly<Record<number, readonly string[]>>;
  readonly example?: { readonly request?: unknown; readonly response?: unknown };
}

/** What a route reads. */
export interface OperationInputs {
  body?: z.ZodType;
  multipart?: boolean;
  query?: z.ZodObject;
  writes?: boolean;
  prefersWait?: boolean;
}

/** Documents a route and sets its success status. */
export function Operation(spec: OperationSpec): MethodDecorator {
  return applyDecorators(
    (target: object, key?: string | symbol) => {
      if (key !== undefined) Reflect.defineMetadata(OPERATION, spec, target, key);
    },
    HttpCode(spec.status ?? 200),
  );
}

export function operationOf(prototype: object, method: string): OperationSpec | undefined {
  return Reflect.getMetadata(OPERATION, prototype, method) as OperationSpec | undefined;
}

/** Called by parameter decorators, which see the prototype and the method's name. */
export function noteInput(target: object, key: string | symbol | undefined, inputs: OperationInputs): void {
  if (key === undefined) throw new Error('Expected a parameter of a method, but this is a constructor.');
  Reflect.defineMetadata(INPUTS, { ...(Reflect.getMetadata(INPUTS, target, key) as OperationInputs | undefined), ...inputs }, target, key);
}

export function inputsOf(prototype: object, method: string): OperationInputs {
  return (Reflect.getMetadata(INPUTS, prototype, method) as OperationInputs | undefined) ?? {};
}
