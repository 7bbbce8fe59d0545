import { z } from 'zod';

export const Role = z.enum(['administrator', 'designer', 'operator', 'member']);
export type Role = z.infer<typeof Role>;

export const LoginRequest = z.strictObject({
  tenant: z.string().min(1).max(100),
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1024),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

export const RefreshRequest = z.strictObject({ refreshToken: z.string().min(1).max(4096) });
export type RefreshRequest = z.infer<typeof RefreshRequest>;

/** `expiresIn` is the access token's life in seconds. The refresh token is used once. */
export const Tokens = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.int() });
export type Tokens = z.infer<typeof Tokens>;

/** Who is signed in, in which tenant. `username` is what assignee and candidate users name. */
export const Me = z.object({
  personId: z.uuid(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  tenant: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
  roles: z.array(Role),
  groups: z.array(z.string()),
});
export type Me = z.infer<typeof Me>;

/** One-click accounts; the list is empty outside the demo profile. */
export const DemoAccount = z.object({ tenant: z.string(), tenantName: z.string(), email: z.string(), name: z.string(), title: z.string() });
export type DemoAccount = z.infer<typeof DemoAccount>;
export const DemoLoginRequest = z.strictObject({ tenant: z.string(), email: z.string() });
export type DemoLoginRequest = z.infer<typeof DemoLoginRequest>;
