// Archives invoices: an external worker for the step that is a Java class in the original process.
//
//   node examples/archive-worker/archive-worker.mjs
//
// Deploy the invoice process, start an instance, approve it and prepare the transfer: the job comes here, the instance completes.
// Several of these may run; each job goes to one of them. Stopping it loses nothing: the job waits for the next worker.
//
// BATON_URL    where the server is, default http://127.0.0.1:8080
// BATON_TENANT, BATON_EMAIL, BATON_PASSWORD   who it works as, default Acme's demo administrator
import { BatonClient, JobWorker } from '@baton/sdk';

const {
  BATON_URL = 'http://127.0.0.1:8080',
  BATON_TENANT = 'acme',
  BATON_EMAIL = 'administrator@acme.demo',
  BATON_PASSWORD = 'demo',
} = process.env;

// With `login` the client signs in by itself, and again when its session has ended: a worker runs for months.
const baton = new BatonClient({ baseUrl: BATON_URL, login: { tenant: BATON_TENANT, email: BATON_EMAIL, password: BATON_PASSWORD } });

const worker = new JobWorker(baton, {
  type: 'vendor:camunda:org.camunda.bpm.example.invoice.service.ArchiveInvoiceService',
  name: 'archive-worker',
  handler(job) {
    // A real archive would store the document under job.effectKey, so that a second delivery finds it there.
    console.log(`archived invoice ${job.variables.invoiceNumber ?? '(no number)'} of instance ${job.processInstanceId}`);
    return { archived: true };
  },
  onError: (error) => console.error(error instanceof Error ? error.message : error),
});

worker.start();
console.log(`archive-worker is waiting for jobs at ${BATON_URL} as ${BATON_EMAIL}; Ctrl-C stops it.`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void worker.stop().then(() => process.exit(0)));
