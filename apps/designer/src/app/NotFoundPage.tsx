import { Button } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import { EmptyView } from '../ui/EmptyView.js';
import { usePageTitle } from '../ui/usePageTitle.js';

/** An address that leads nowhere. */
export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <main className="page">
      <h1 style={{ textAlign: 'center', margin: '10vh 0 0', fontSize: 21 }}>Nothing lives at this address</h1>
      <EmptyView
        icon={IconZoomQuestion}
        title="The link may be old, or mistyped."
        action={
          <Button component="a" href="/" variant="default" size="xs">
            Go to Processes
          </Button>
        }
      />
    </main>
  );
}
