import { lazy } from 'react';

/** The form library is a third of the app: it comes with the first form. */
export const LazyForm = lazy(() => import('./GeneratedForm.js').then(({ GeneratedForm }) => ({ default: GeneratedForm })));
