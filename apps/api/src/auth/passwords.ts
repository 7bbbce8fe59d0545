import { hash, verify } from '@node-rs/argon2';

/** Checked when there is no person or no password, so that both cost the same. Of a random password nobody knows. */
let decoy: Promise<string> | undefined;

/**
 * Is this the password? Takes the same work whether or not there is one to compare with (argon2id).
 */
export async function isPassword(stored: string | null | undefined, given: string): Promise<boolean> {
  decoy ??= hash(crypto.randomUUID());
  const matches = await verify(stored ?? (await decoy), given);
  return matches && stored !== null && stored !== undefined;
}
