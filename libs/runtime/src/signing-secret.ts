/** Shortest secret that is accepted, in bytes. */
export const SECRET_BYTES_MIN = 32;

/**
 * What is wrong with the secret that signs access tokens, as one line that names the setting; `undefined` when nothing is.
 *
 * @param text  as it was set; empty or absent: none was.
 */
export function signingSecretProblem(text: string | undefined | null, profile: 'demo' | 'production'): string | undefined {
  if (!text) return profile === 'production' ? `BATON_JWT_SECRET is missing: set at least ${SECRET_BYTES_MIN} random bytes.` : undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes < SECRET_BYTES_MIN) return `BATON_JWT_SECRET has ${bytes} bytes: set at least ${SECRET_BYTES_MIN} random bytes.`;
  // `aaaa…` and texts such as `change-me-change-me-change-me-…` are long and still guessable.
  if (profile === 'production' && (new Set(text).size < 10 || /change|secret|example|default|password/i.test(text))) {
    return 'BATON_JWT_SECRET looks like a placeholder: set random bytes, for example `openssl rand -base64 48`.';
  }
  return undefined;
}
