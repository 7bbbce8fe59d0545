import type { ProcessDefinition, Variables } from '@baton/contracts';
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { client } from '../api/client.js';
import { FormSkeleton } from '../forms/FormSkeleton.js';
import { LazyForm } from '../forms/LazyForm.js';
import { Dialog } from '../ui/Dialog.js';
import { ProblemView } from '../ui/ProblemView.js';
import { useStartForm } from './useStartForm.js';

/** The server answers when the first step was applied, or after this many seconds. */
const WAIT_SECONDS = 3;

/** Asks what a process needs to begin, starts it, and goes to where it can be watched. */
export function StartDialog({ definition, onClose }: { readonly definition: ProcessDefinition; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const form = useStartForm(definition.id);
  const [businessKey, setBusinessKey] = useState('');
  const start = useMutation({
    mutationFn: (variables: Variables) =>
      client.start(
        { processDefinitionId: definition.id, variables, ...(businessKey !== '' && { businessKey }) },
        { waitSeconds: WAIT_SECONDS },
      ),
    onSuccess: ({ id }) => navigate({ to: '/instances/$instanceId', params: { instanceId: id } }),
  });

  return (
    <Dialog title={`Start ${definition.name}`} onClose={onClose}>
      <TextInput
        data-autofocus
        label="Reference"
        description="Your own id for it, such as an order number. Optional."
        mb={16}
        value={businessKey}
        onChange={(event) => setBusinessKey(event.currentTarget.value)}
      />
      {form.isPending && <FormSkeleton />}
      {form.isError && <ProblemView error={form.error} compact onRetry={() => void form.refetch()} />}
      {form.data && (
        <Suspense fallback={<FormSkeleton />}>
          <LazyForm
            form={form.data}
            submitLabel="Start"
            isBusy={start.isPending}
            error={start.error}
            onSubmit={(variables) => start.mutate(variables)}
          />
        </Suspense>
      )}
    </Dialog>
  );
}
