import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '@baton/contracts';
import { notFound } from './problems.js';
import type { RouteTable } from './route-table.js';
import type { WebApp } from './web-app.js';

/**
 * What no route matched: a path of the API that takes other methods (405), a page of the web app, or nothing (404).
 */
export function unmatched(routes: RouteTable, webApp: WebApp) {
  return (request: FastifyRequest, reply: FastifyReply): Promise<void> | void => {
    const path = request.url.split('?')[0]!;
    if (path === '/api' || path.startsWith('/api/')) {
      const methods = routes.methodsFor(path);
      if (methods.length === 0) throw notFound();
      throw new AppError('method-not-allowed', 405, `This address takes ${methods.join(', ')}.`, [], { allow: methods.join(', ') });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new AppError('method-not-allowed', 405, 'This address takes GET, HEAD.', [], { allow: 'GET, HEAD' });
    }
    return webApp.serve(path, reply);
  };
}
