import type { ProcessInstanceDetail } from '@baton/contracts';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client.js';
import { shownProblem } from '../api/shown-problem.js';
import { Dialog } from '../ui/Dialog.js';

const WAIT_SECONDS = 3;

/** Asks once more, and for the reason: it stays in the history. */
export function CancelDialog({ instance, onClose }: { readonly instance: ProcessInstanceDetail; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const cancel = useMutation({
    mutationFn: () => client.cancel(instance.id, reason === '' ? undefined : reason, { waitSeconds: WAIT_SECONDS }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['instance', instance.id] }),
  });
  return (
    <Dialog title="Cancel this instance?" onClose={onClose}>
      <p style={{ margin: '0 0 16px' }} className="soft">
        Its open tasks, jobs and everything it called end with it. This cannot be undone.
      </p>
      <Textarea
        data-autofocus
        label="Reason"
        description="Optional; it is kept in the history."
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {cancel.error && (
        <p role="alert" className="problem-note">
          {shownProblem(cancel.error).detail ?? shownProblem(cancel.error).title}
        </p>
      )}
      <div className="dialog__actions">
        <Button variant="default" onClick={onClose}>
          Keep it running
        </Button>
        <Button color="red" className="danger" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel instance
        </Button>
      </div>
    </Dialog>
  );
}
