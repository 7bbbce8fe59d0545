import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The document at `/api/openapi.json` and the page to try it at `/api/docs`; both work without the internet. */
export function serveDocs(app: NestFastifyApplication, document: Record<string, unknown>): void {
  // Its type knows OpenAPI 3.0 only; the page itself reads 3.1.
  SwaggerModule.setup('api/docs', app, document as unknown as OpenAPIObject, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Baton API',
    swaggerOptions: { persistAuthorization: false, docExpansion: 'list', validatorUrl: null },
  });
}
