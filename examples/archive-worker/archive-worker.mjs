// Archives invoices: an external worker for the step that is a Java class in the original process.
//
//   node examples/archive-worker/archive-worker.mjs
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

const baton = new BatonClient({ baseUrl: BATON_URL });
await baton.login({ tenant: BATON_TENANT, email: BATON_EMAIL, password: BATON_PASSWORD });

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
console.log(`archive-worker is waiting for jobs at ${BATON_URL}; Ctrl-C stops it.`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void worker.stop().then(() => process.exit(0)));
