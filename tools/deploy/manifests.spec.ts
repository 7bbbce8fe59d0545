import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

// Features: K-02

/** No cluster is at hand, so the manifests are checked against the API's own schemas and against our rules. */
const base = resolve(import.meta.dirname, '../../deploy/k8s/base');
const kinds = { ConfigMap, Deployment, Job, Namespace, NetworkPolicy, PodDisruptionBudget, Service };

interface Container {
  name: string;
  securityContext: unknown;
  resources: { limits?: { memory?: string }; requests?: { cpu?: string; memory?: string } };
  livenessProbe?: { httpGet: { path: string } };
}
interface Manifest {
  kind: keyof typeof kinds;
  metadata: { name: string };
  spec?: { template?: { spec: { containers: Container[]; automountServiceAccountToken?: boolean; securityContext: object } } };
}

const { resources } = parse(readFileSync(join(base, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
const manifests = resources.flatMap((file) =>
  parseAllDocuments(readFileSync(join(base, file), 'utf8')).map((document) => document.toJS() as Manifest),
);

describe('kubernetes manifests', () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    '%s fits its schema',
    (_name, manifest) => {
      const Model = kinds[manifest.kind] as new (data: never) => { validate(): void };
      expect(() => new Model(manifest as never).validate()).not.toThrow();
    },
  );

  const pods = manifests.flatMap((manifest) => (manifest.spec?.template ? [manifest.spec.template.spec] : []));

  it('run as nobody, with nothing they do not need', () => {
    for (const pod of pods) {
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits?.memory).toBeDefined();
        expect(container.resources.requests?.cpu).toBeDefined();
      }
    }
    expect(pods).toHaveLength(3);
  });

  it('never ask the database whether a pod is alive', () => {
    const probes = pods.flatMap((pod) => pod.containers).flatMap((container) => container.livenessProbe?.httpGet.path ?? []);
    expect(probes).toEqual(['/api/health/live', '/live']);
  });
});
