import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RouteTable } from '../src/platform/route-table.js';
import { TestApi } from './support/api.js';

// Features: P-10, P-17

let api: TestApi;
beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'baton-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Baton</title>');
  writeFileSync(join(root, 'assets', 'app-1a2b3c.js'), 'export {};');
  api = await TestApi.start({ BATON_WEB_ROOT: root });
});
afterAll(() => api.stop());

describe('every route', () => {
  it('has a policy and a summary', () => {
    const { routes } = api.app.get(RouteTable);

    expect(routes.length).toBeGreaterThan(25);
    for (const route of routes) {
      expect(route.access, route.name).toBeDefined();
      expect(route.operation?.summary, route.name).toBeTruthy();
    }
  });

  it('stops the boot when it has no policy', () => {
    class Forgotten {
      list(): string {
        return 'everything';
      }
    }
    Controller('open')(Forgotten);
    Get()(Forgotten.prototype, 'list', Object.getOwnPropertyDescriptor(Forgotten.prototype, 'list')!);
    const discovery = { getControllers: () => [{ metatype: Forgotten }] } as unknown as DiscoveryService;

    expect(() => new RouteTable(discovery, new MetadataScanner()).requirePolicies()).toThrow('Forgotten.list');
  });

  it('refuses strangers unless it is public', async () => {
    for (const { method, path, access, name } of api.app.get(RouteTable).routes) {
      if (access?.public) continue;
      const answer = await api.ask(method, path.replace(':id', crypto.randomUUID()));
      expect(answer, name).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });
});

describe('the documentation', () => {
  it('is OpenAPI 3.1 made from the routes, as reviewed', async () => {
    const answer = await api.ask('GET', '/api/openapi.json');
    const document = { ...answer.body, servers: undefined };

    expect(answer.body).toMatchObject({ openapi: '3.1.0' });
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('openapi.snapshot.json');
  });

  it('refers only to schemas it has', async () => {
    const { text, body } = await api.ask<{ components: { schemas: Record<string, unknown> } }>('GET', '/api/openapi.json');
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);

    expect(references.length).toBeGreaterThan(50);
    for (const name of references) expect(Object.keys(body.components.schemas)).toContain(name);
    expect(text.includes('"#/$defs')).toBe(false);
  });

  it('can be tried out without the internet and without inline scripts', async () => {
    const page = await api.ask('GET', '/api/docs');
    const scripts = [...page.text.matchAll(/<script([^>]*)>([^<]*)/g)];

    expect(page.status).toBe(200);
    for (const [, attributes, inline] of scripts) {
      expect(inline!.trim()).toBe('');
      const [, source] = /src="([^"]+)"/.exec(attributes!)!;
      expect((await fetch(new URL(source!, `${api.url}/api/docs`))).status).toBe(200);
    }
  });
});

describe('the web app', () => {
  it('gets its hashed files for ever and its page each time', async () => {
    const file = await api.ask('GET', '/assets/app-1a2b3c.js');
    const page = await api.ask('GET', '/');

    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('content-type')).toMatch(/javascript/);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.text).toContain('<title>Baton</title>');
  });

  it('answers its own addresses with the page, missing files and the API with 404', async () => {
    expect((await api.ask('GET', '/inbox/123')).text).toContain('<title>Baton</title>');
    expect((await api.ask('GET', '/assets/gone.js')).status).toBe(404);
    expect((await api.ask('GET', '/..%2f..%2fetc%2fpasswd')).text).not.toContain('root:');
    expect(await api.ask('GET', '/api/nowhere')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await api.ask('POST', '/inbox')).toMatchObject({ status: 405 });
  });

  it('comes with the headers that keep others out', async () => {
    const { headers } = await api.ask('GET', '/');

    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*script-src 'self';/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
  });
});

describe('health', () => {
  it('is alive and ready', async () => {
    expect(await api.ask('GET', '/api/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api.ask('GET', '/api/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
