import { SetMetadata } from '@nestjs/common';
import type { Action, Subject } from './policy.js';

export const ACCESS = Symbol('baton.access');

/** Who may call a route: everyone, or whoever's roles allow the action. */
export type Access = { readonly public: true } | { readonly public: false; readonly action: Action; readonly subject: Subject };

/** The policy of a route. Every route has `@Can` or `@Public`; one without either stops the boot. */
export const Can = (action: Action, subject: Subject): MethodDecorator =>
  SetMetadata(ACCESS, { public: false, action, subject } satisfies Access);

/** Anyone may call this route, signed in or not. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS, { public: true } satisfies Access);
