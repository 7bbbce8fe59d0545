import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Person } from './people.js';

// Features: E-01, E-02, H-01, H-02, H-08, M-12

interface Order {
  readonly reference: string;
  readonly item: string;
  readonly category: string;
  readonly amount: string;
}

/** Orders something as anybody would, and stays on the page of the new instance. */
async function order(person: Person, { reference, item, category, amount }: Order): Promise<void> {
  const { page } = person;
  await person.goTo('Processes');
  await page.getByRole('button', { name: 'Start Purchase order' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reference').fill(reference);
  await dialog.getByLabel('What do you need?').fill(item);
  await choose(page, 'Category', category);
  await choose(page, 'Cost center', 'IT');
  await dialog.getByLabel('Amount').fill(amount);
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/\/instances\/[0-9a-f-]{36}/);
  await expect(page.getByText(reference)).toBeVisible();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label).first().click();
  await page.getByRole('option', { name: option }).click();
}

const answer =
  (option: 'Yes' | 'No') =>
  (page: Page): Promise<void> =>
    page.getByRole('radio', { name: option, exact: true }).check();

test('a small order goes through by itself, a large one needs the manager and finance', async ({ browser }) => {
  const dana = await Person.signIn(browser, 'Dana Demo');
  await order(dana, { reference: 'PO-100', item: 'Printing paper', category: 'Office supplies', amount: '40' });
  await dana.expectElement('confirm_delivery', 'active');
  await dana.expectElement('approve_order', 'idle');
  await dana.completeTask('Confirm delivery');

  await order(dana, { reference: 'PO-101', item: 'Two servers', category: 'Hardware', amount: '12000' });
  await dana.expectElement('approve_order', 'active');
  await dana.expectElement('place_order', 'idle');

  const mary = await Person.signIn(browser, 'Mary Major');
  await mary.completeTask('Approve order', async (page) => {
    await expect(page.getByText('Two servers')).toBeVisible(); // nobody approves what they cannot see
    await answer('Yes')(page);
  });
  await dana.expectElement('release_budget', 'active'); // live, without a reload

  const peter = await Person.signIn(browser, 'Peter Penny');
  await peter.page.emulateMedia({ colorScheme: 'dark' });
  await peter.goTo('Inbox');
  await peter.page.getByText('Release budget', { exact: true }).first().click();
  await expect(peter.page.getByText('Two servers')).toBeVisible();
  await peter.expectAccessible();
  await peter.completeTask('Release budget', answer('Yes'));

  await dana.expectElement('place_order', 'visited');
  await dana.expectElement('confirm_delivery', 'active');
  await dana.page.emulateMedia({ colorScheme: 'dark' });
  await dana.expectAccessible();
  const address = dana.page.url();
  await dana.completeTask('Confirm delivery');
  await dana.page.goto(address);
  await dana.expectElement('order_delivered', 'visited');
  await dana.expectElement('order_rejected', 'idle');
  await expect(dana.page.getByText('Completed').first()).toBeVisible();
  await Promise.all([dana, mary, peter].map((person) => person.leave()));
});

test('an order that is declined comes back to whoever wanted it, and can be withdrawn', async ({ browser }) => {
  const dana = await Person.signIn(browser, 'Dana Demo');
  await order(dana, { reference: 'PO-102', item: 'A golden chair', category: 'Hardware', amount: '900' });
  const address = dana.page.url();
  await dana.expectElement('approve_order', 'active');

  const mary = await Person.signIn(browser, 'Mary Major');
  await mary.completeTask('Approve order', answer('No'));
  await dana.expectElement('revise_order', 'active');

  await dana.completeTask('Revise order', (page) => page.getByRole('switch', { name: 'Send it in again' }).uncheck());
  await dana.page.goto(address);
  await dana.expectElement('order_withdrawn', 'visited');
  await dana.expectElement('release_budget', 'idle');
  await Promise.all([dana, mary].map((person) => person.leave()));
});
