import { useEffect } from 'react';

/** The title of the tab, most specific first. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? 'Baton' : `${title} · Baton`;
  }, [title]);
}
