import { AppError } from '@baton/contracts';
import type { ProblemDetail } from '@baton/contracts';

/** Does not exist, or belongs to another tenant: the caller cannot tell which. */
export const notFound = (): AppError => new AppError('not-found', 404, 'There is nothing here, or nothing you may see.');

export const forbidden = (): AppError =>
  new AppError('forbidden', 403, 'Your roles do not allow this. Ask an administrator of your tenant for the role you need.');

export const unauthenticated = (detail = 'Sign in and send the access token as `Authorization: Bearer …`.'): AppError =>
  new AppError('unauthenticated', 401, detail, [], { 'www-authenticate': 'Bearer realm="baton"' });

export const validationFailed = (errors: readonly ProblemDetail[]): AppError =>
  new AppError('validation-failed', 422, 'Some values do not have the expected form. See `errors`.', errors);

export const storeUnavailable = (): AppError =>
  new AppError('store-unavailable', 503, 'The database cannot be reached. Nothing was changed; try again shortly.', [], {
    'retry-after': '2',
  });
