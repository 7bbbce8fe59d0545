import type { FastifyRequest } from 'fastify';
import { AppError, DeployRequest } from '@baton/contracts';
import { readJson } from '../platform/json-body.js';

/** Largest file, in bytes (`payload-too-large`), and how much one deployment may hold together. */
const FILE_BYTES_MAX = 2 * 1_048_576;
const DEPLOYMENT_BYTES_MAX = 20 * 1_048_576;
const FILES_MAX = 50;

export const UPLOAD_LIMITS = {
  fileSize: FILE_BYTES_MAX,
  files: FILES_MAX,
  fields: 5,
  fieldSize: 1_000,
  parts: FILES_MAX + 5,
  headerPairs: 50,
};

/** Files to deploy together, as bytes: what they are encoded in is for the reader of the format to see. */
export interface UploadedDeployment {
  readonly name?: string;
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
}

/**
 * The files of a request, as multipart parts `files` or as JSON.
 *
 * @throws AppError `payload-too-large` (413), `multipart-malformed` (400), `filename-invalid`, `validation-failed` (422).
 */
export async function readDeployment(request: FastifyRequest): Promise<UploadedDeployment> {
  const deployment = request.isMultipart() ? await readMultipart(request) : readText(request);
  const names = deployment.files.map(({ name }) => name);
  const wrong = names.find((name, index) => !isFileName(name) || names.indexOf(name) !== index);
  if (wrong === undefined) return deployment;
  throw new AppError(
    'filename-invalid',
    422,
    'A file needs a plain name of at most 255 characters, and a name of its own in its deployment.',
  );
}

function readText(request: FastifyRequest): UploadedDeployment {
  const { name, files } = readJson(request, DeployRequest);
  return { ...(name !== undefined && { name }), files: files.map((file) => ({ name: file.name, content: Buffer.from(file.content) })) };
}

async function readMultipart(request: FastifyRequest): Promise<UploadedDeployment> {
  const files: { name: string; content: Uint8Array }[] = [];
  let name: string | undefined;
  let bytes = 0;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const content = await part.toBuffer();
        bytes += content.length;
        if (bytes > DEPLOYMENT_BYTES_MAX)
          throw new AppError('payload-too-large', 413, 'The files are larger together than one deployment may be.');
        files.push({ name: part.filename, content });
      } else if (part.fieldname === 'name') name = String(part.value);
      else throw new AppError('unknown-property', 422, 'A deployment has parts `files` and `name` only.');
    }
  } catch (error) {
    throw typeof (error as { statusCode?: unknown }).statusCode === 'number' || error instanceof AppError ? error : malformed();
  }
  if (files.length === 0) throw new AppError('validation-failed', 422, 'There is no file. Send each one as a part named `files`.');
  return { ...(name !== undefined && name !== '' && { name: name.slice(0, 200) }), files };
}

const malformed = (): AppError => new AppError('multipart-malformed', 400, 'The multipart body is not well formed.');

/** No paths, no control characters; it is shown to people and never used as a path. */
function isFileName(name: string): boolean {
  if (name.length === 0 || name.length > 255 || name === '.' || name === '..') return false;
  return !/\p{Cc}|[/\\]|%2f|%5c|%00/iu.test(name);
}
