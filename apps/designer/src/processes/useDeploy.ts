import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** Deploys files together: all of them, or none. They are sent as they are, byte for byte. */
export function useDeploy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (files: readonly File[]) => {
      const form = new FormData();
      for (const file of files) form.append('files', file, file.name);
      return client.deploy(form);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['definitions'] }),
  });
}
