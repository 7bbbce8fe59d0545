import { Injectable, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS } from './access.js';
import type { Access } from './access.js';
import { inputsOf, operationOf } from './operation.js';
import type { OperationInputs, OperationSpec } from './operation.js';

/** One route of the API as its decorators describe it. */
export interface Route {
  /** `GET`, `POST` … */
  readonly method: string;
  /** With parameters as `:id`. */
  readonly path: string;
  /** The controller's method: `UserTasksController.claim`. */
  readonly name: string;
  readonly operation: OperationSpec | undefined;
  readonly inputs: OperationInputs;
  readonly access: Access | undefined;
}

/** Every route of every controller: what the boot check, the 405 answers and the OpenAPI document are made from. */
@Injectable()
export class RouteTable {
  readonly routes: readonly Route[];

  constructor(discovery: DiscoveryService, scanner: MetadataScanner) {
    this.routes = discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = metatype?.prototype as object | undefined;
      return prototype ? routesOf(String(Reflect.getMetadata('path', metatype as object)), prototype, scanner) : [];
    });
  }

  /**
   * @throws Error naming every route that has neither `@Can` nor `@Public`.
   */
  requirePolicies(): void {
    const open = this.routes.filter((route) => !route.access);
    if (open.length === 0) return;
    throw new Error(`Expected every route to have @Can or @Public, but these have neither: ${open.map((route) => route.name).join(', ')}.`);
  }

  /** Methods that exist for a path, however it is written in the request. */
  methodsFor(path: string): readonly string[] {
    const segments = path.split('/');
    const matches = this.routes.filter((route) => matchesPath(route.path.split('/'), segments)).map((route) => route.method);
    return [...new Set(matches.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  }
}

function routesOf(base: string, prototype: object, scanner: MetadataScanner): Route[] {
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = (prototype as Record<string, unknown>)[name] as object;
    const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const path = [base, Reflect.getMetadata('path', handler) as string].map((part) => part.replace(/^\/+|\/+$/g, '')).filter(Boolean);
    return [
      {
        method: RequestMethod[method],
        path: `/${path.join('/')}`,
        name: `${prototype.constructor.name}.${name}`,
        operation: operationOf(prototype, name),
        inputs: inputsOf(prototype, name),
        access: Reflect.getMetadata(ACCESS, handler) as Access | undefined,
      },
    ];
  });
}

function matchesPath(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}
