import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import multipart from '@fastify/multipart';
import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from '../app.module.js';
import { UPLOAD_LIMITS } from '../deployments/read-deployment.js';
import { answerClientError } from './client-error.js';
import type { ApiConfig } from './config.js';
import { serveDocs } from './docs.js';
import { BODY_BYTES_MAX, keepBodiesRaw } from './json-body.js';
import { NestLog } from './logger.js';
import { openApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteTable } from './route-table.js';
import { registerSecurityHeaders } from './security-headers.js';
import { traceIdOf } from './trace-id.js';
import { unmatched } from './unmatched.js';
import { WebApp } from './web-app.js';
import { VERSION } from './version.js';

/**
 * The whole API, ready to listen.
 *
 * @throws Error when a route has no policy or no documentation.
 */
export async function createApp(config: ApiConfig, logger: Logger): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter(config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter(logger, filter), {
    bodyParser: false,
    logger: new NestLog(logger),
    abortOnError: false,
  });
  app.useGlobalFilters(filter);

  const fastify = app.getHttpAdapter().getInstance();
  keepBodiesRaw(fastify);
  await registerSecurityHeaders(fastify);
  await fastify.register(multipart, { limits: UPLOAD_LIMITS, throwFileSizeLimit: true });
  const webApp = new WebApp(config.webRoot);
  await webApp.register(fastify);
  fastify.addHook('onResponse', async (request, reply) => {
    request.log.info({ req: request, res: reply, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request');
  });

  const routes = app.get(RouteTable);
  routes.requirePolicies();
  serveDocs(app, openApi(routes.routes, VERSION));
  await app.init();
  answerUnmatched(app, unmatched(routes, webApp), filter);
  return app;
}

function adapter(logger: Logger, filter: ProblemFilter): FastifyAdapter {
  const options = {
    loggerInstance: logger,
    requestIdHeader: false,
    genReqId: traceIdOf,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 10_000, maxHeaderSize: 16_384 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 15_000 },
    skipMiddie: true,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => filter.send(error, request, reply),
  };
  // Nest's type of the options lacks `loggerInstance`; Fastify has it.
  return new FastifyAdapter(options as ConstructorParameters<typeof FastifyAdapter>[0]) as FastifyAdapter;
}

/** Replaces Nest's answer for what no route matches; it is set last because Nest sets its own in `init`. */
function answerUnmatched(app: NestFastifyApplication, handler: ReturnType<typeof unmatched>, filter: ProblemFilter): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preHandler', async (request, reply) => {
      if (!request.is404) return;
      try {
        handler(request, reply);
      } catch (error) {
        filter.send(error, request, reply);
      }
      return reply;
    });
}
