import { z } from 'zod';

/** Several files deploy together or not at all. Multipart uploads carry the same, one part `files` each. */
export const DeployRequest = z.strictObject({
  name: z.string().max(200).optional(),
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(255), content: z.string() }))
    .min(1)
    .max(50),
});
export type DeployRequest = z.infer<typeof DeployRequest>;

/** What an import found. `info` lists what is kept but not executed: nothing is silently dropped. */
export const ImportIssue = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  file: z.string().optional(),
  elementId: z.string().optional(),
  line: z.int().optional(),
});
export type ImportIssue = z.infer<typeof ImportIssue>;

export const ProcessDefinition = z.object({
  id: z.uuid(),
  /** The process id of the file; versions of one process share it. */
  processId: z.string(),
  version: z.int(),
  versionTag: z.string().optional(),
  name: z.string(),
  deploymentId: z.uuid(),
  deployedAt: z.iso.datetime(),
  /** Has a none start and may be started by people. */
  startable: z.boolean(),
  latest: z.boolean(),
});
export type ProcessDefinition = z.infer<typeof ProcessDefinition>;

export const DecisionDefinition = z.object({
  id: z.uuid(),
  decisionId: z.string(),
  version: z.int(),
  name: z.string(),
  deploymentId: z.uuid(),
  deployedAt: z.iso.datetime(),
});
export type DecisionDefinition = z.infer<typeof DecisionDefinition>;

/** `created` is false when the very same content was deployed before: the versions are the old ones. */
export const Deployment = z.object({
  id: z.uuid(),
  created: z.boolean(),
  deployedAt: z.iso.datetime(),
  processDefinitions: z.array(ProcessDefinition),
  decisionDefinitions: z.array(DecisionDefinition),
  issues: z.array(ImportIssue),
});
export type Deployment = z.infer<typeof Deployment>;
