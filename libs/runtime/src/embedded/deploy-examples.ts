import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PASSWORD, DEMO_TENANTS } from '@baton/prisma';

/**
 * Deploy the shipped examples for every demo tenant, through the API and as its designer, like anybody else would.
 * Content that is deployed already changes nothing, so this runs at every start.
 *
 * @returns how many processes each tenant has from it.
 * @throws Error with the API's answer.
 */
export async function deployExamples(address: string, folder: string): Promise<number> {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(bpmn|dmn)$/.test(name))
        .sort()
    : [];
  if (names.length === 0) return 0;
  const files = names.map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8') }));
  let processes = 0;
  for (const tenant of DEMO_TENANTS) {
    const designer = tenant.people.find((person) => person.roles.includes('designer'));
    if (!designer) continue;
    const { accessToken } = await post<{ accessToken: string }>(`${address}/api/v1/auth/login`, {
      tenant: tenant.key,
      email: designer.email,
      password: DEMO_PASSWORD,
    });
    const deployment = await post<{ processDefinitions: unknown[] }>(
      `${address}/api/v1/deployments`,
      { name: 'Shipped examples', files },
      accessToken,
    );
    processes = deployment.processDefinitions.length;
  }
  return processes;
}

async function post<Answer>(url: string, body: unknown, token?: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Answer;
}
