import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BatonClient, JobWorker } from '@baton/sdk';
import { expect, test } from '@playwright/test';
import { Person } from './people.js';

// Features: E-01, E-26, H-01, H-02, H-08, H-10, B-03, B-07, M-12

const ARCHIVE = 'vendor:camunda:org.camunda.bpm.example.invoice.service.ArchiveInvoiceService';
const suite = resolve(import.meta.dirname, '../../..', process.env['SUITES_DIR'] ?? '../shared/suites', 'invoice');
const files = ['invoice.v2.bpmn', 'reviewInvoice.bpmn', 'invoiceBusinessDecisions.dmn'].map((name) => join(suite, name));

test.describe.configure({ mode: 'serial' });
test.skip(!existsSync(suite), `no invoice suite at ${suite} (set SUITES_DIR)`);

let archive: JobWorker;
test.beforeAll(async ({ baseURL }) => {
  const client = new BatonClient({ baseUrl: baseURL!, login: { tenant: 'acme', email: 'administrator@acme.demo', password: 'demo' } });
  archive = new JobWorker(client, { type: ARCHIVE, handler: () => ({ archived: true }) });
  archive.start();
});
test.afterAll(async () => archive?.stop());

test('a designer deploys a vendor’s three files by dropping them, and hears what is kept without effect', async ({ browser }) => {
  const desi = await Person.signIn(browser, 'Desi Design');
  await desi.page.getByLabel('Files to deploy').setInputFiles(files);

  const result = desi.page.getByRole('region', { name: 'Deployment result' });
  await expect(result.getByRole('heading', { name: 'Deployed' })).toBeVisible();
  await expect(result.getByText('Invoice Receipt').first()).toBeVisible();
  await expect(result.getByText('Assign Approver Group').first()).toBeVisible();
  await desi.expectAccessible();
  await desi.leave();
});

async function start(dana: Person): Promise<void> {
  const { page } = dana;
  await dana.goTo('Processes');
  await page.getByRole('button', { name: 'Start Invoice Receipt' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('1200');
  await dialog.getByLabel('Creditor').fill('Great Pizza');
  await dialog.getByLabel('Invoice number').fill('GP-1');
  await dialog.getByLabel('Invoice category').first().click();
  await page.getByRole('option', { name: 'Travel Expenses' }).click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/\/instances\/[0-9a-f-]{36}/);
}

test('three people take an invoice from the start to the archive, and can look back', async ({ browser }) => {
  const dana = await Person.signIn(browser, 'Dana Demo');
  await start(dana);
  await dana.expectElement('assignApprover', 'visited');
  await dana.expectElement('approveInvoice', 'active');
  await expect(dana.page.getByText('accounting').first()).toBeVisible();

  const john = await Person.signIn(browser, 'John Jolly');
  await john.goTo('Inbox');
  await john.expectAccessible();
  await john.completeTask('Approve Invoice', (page) => page.getByRole('radio', { name: 'Yes' }).check());
  await dana.expectElement('approveInvoice', 'visited'); // live, without a reload
  await dana.expectElement('prepareBankTransfer', 'active');

  const peter = await Person.signIn(browser, 'Peter Penny');
  await peter.completeTask('Prepare Bank Transfer');
  await dana.expectElement('ServiceTask_1', 'visited');
  await dana.expectElement('invoiceProcessed', 'visited');
  await dana.expectElement('reviewInvoice', 'idle');
  await dana.expectAccessible();

  // The history folds to every earlier state.
  const { page } = dana;
  await page.getByRole('tab', { name: 'Variables' }).click();
  await expect(page.getByRole('row', { name: /approved/ })).toBeVisible();
  const slider = page.getByRole('slider', { name: 'Moment in the history' });
  await slider.focus();
  await page.keyboard.press('Home');
  await dana.expectElement('invoiceProcessed', 'idle');
  await expect(page.getByRole('row', { name: /approved/ })).toBeHidden();
  await expect(page.getByRole('row', { name: /creditor/ })).toBeVisible();
  while (!(await page.locator('[data-element-id="approveInvoice"][data-state="active"]').count())) {
    await page.getByRole('button', { name: 'Step forward' }).click();
  }
  await dana.expectElement('invoiceProcessed', 'idle');
  await page.getByRole('button', { name: 'Newest' }).click();
  await dana.expectElement('invoiceProcessed', 'visited');
  await Promise.all([dana, john, peter].map((person) => person.leave()));
});

test('a rejected invoice goes through the review process and is approved then', async ({ browser }) => {
  const dana = await Person.signIn(browser, 'Dana Demo');
  await start(dana);
  const address = dana.page.url();
  const john = await Person.signIn(browser, 'John Jolly');
  await john.completeTask('Approve Invoice', (page) => page.getByRole('radio', { name: 'No', exact: true }).check());
  await dana.expectElement('reviewInvoice', 'active');

  await dana.completeTask('Assign Reviewer', (page) => page.getByRole('textbox', { name: 'Reviewer' }).fill('demo'));
  await dana.completeTask('Review Invoice', (page) => page.getByRole('radio', { name: 'Yes' }).check());
  await john.completeTask('Approve Invoice', (page) => page.getByRole('radio', { name: 'Yes' }).check());
  const peter = await Person.signIn(browser, 'Peter Penny');
  await peter.completeTask('Prepare Bank Transfer');

  await dana.page.goto(address);
  await dana.expectElement('invoiceProcessed', 'visited');
  await dana.expectElement('reviewSuccessful_gw', 'visited');
  await Promise.all([dana, john, peter].map((person) => person.leave()));
});

test('a file that cannot be deployed is refused with its place, and another tenant sees nothing of all this', async ({ browser }) => {
  const desi = await Person.signIn(browser, 'Desi Design');
  await desi.page
    .getByLabel('Files to deploy')
    .setInputFiles({ name: 'broken.bpmn', mimeType: 'text/xml', buffer: Buffer.from('<definitions>\n<oops>') });
  const result = desi.page.getByRole('region', { name: 'Deployment result' });
  await expect(result.getByRole('heading', { name: 'Nothing was deployed' })).toBeVisible();
  await expect(result.getByText('xml-malformed').first()).toBeVisible();

  const bela = await Person.signIn(browser, 'Bela Brook');
  await expect(bela.page.getByText('Invoice Receipt')).toHaveCount(0);
  await bela.goTo('Instances');
  await bela.expectAccessible();
  await expect(bela.page.getByText('Invoice Receipt')).toHaveCount(0);
  await Promise.all([desi, bela].map((person) => person.leave()));
});
