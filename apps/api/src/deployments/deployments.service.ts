import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Deployment } from '@baton/contracts';
import { deploy, readFiles } from '@baton/runtime';
import { Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import type { UploadedDeployment } from './read-deployment.js';

/** Publishing files: together or not at all. */
@Injectable()
export class Deployments {
  constructor(private readonly writes: Writes) {}

  /** 201 for something new, 200 when the very same content was deployed before. */
  async deploy(write: Write, upload: UploadedDeployment): Promise<Deployment> {
    // A multipart body differs in its boundary each time; what counts is the files.
    const identified: Write = { ...write, fingerprint: () => fingerprintOf(write.principal.personId, upload) };
    const read = await readFiles(upload.files);
    return this.writes.run(
      identified,
      (tx) => deploy(tx, { name: upload.name, read, by: write.principal.username }),
      (deployment) => (deployment.created ? 201 : 200),
    );
  }
}

function fingerprintOf(personId: string, { name, files }: UploadedDeployment): Buffer {
  const hash = createHash('sha256').update(`deploy ${personId} ${JSON.stringify(name ?? '')}\n`);
  for (const file of files) hash.update(`${JSON.stringify(file.name)} ${file.content.length}\n`).update(file.content);
  return hash.digest();
}
