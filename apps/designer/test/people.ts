import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Browser, type Page } from '@playwright/test';

/** One person at a browser of their own. */
export class Person {
  private constructor(readonly page: Page) {}

  /** Signs in with one click, as the demo offers it. */
  static async signIn(browser: Browser, name: string): Promise<Person> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto('/');
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Processes' })).toBeVisible();
    return new Person(page);
  }

  async goTo(place: 'Processes' | 'Inbox' | 'Instances'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: place }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: place })).toBeVisible();
  }

  /** Opens a task of the inbox, claims it unless it is theirs already, and fills in its form. */
  async completeTask(name: string, fill: (page: Page) => Promise<void> = async () => {}): Promise<void> {
    const { page } = this;
    await this.goTo('Inbox');
    await page.getByRole('main').getByText(name, { exact: true }).first().click();
    const task = page.getByRole('article', { name });
    await expect(task).toBeVisible();
    const claim = task.getByRole('button', { name: 'Claim' });
    await expect(claim.or(task.getByRole('button', { name: 'Release' }))).toBeVisible();
    if (await claim.isVisible()) await claim.click();
    const complete = task.getByRole('button', { name: 'Complete' });
    await expect(complete).toBeVisible();
    await fill(page);
    await complete.click();
    await expect(page.getByRole('article', { name })).toBeHidden();
  }

  /** No finding of axe, in the page as it stands. */
  async expectAccessible(): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  /** The element of the diagram and what the picture says of it: `active`, `visited`, `idle`, `incident`. */
  async expectElement(elementId: string, state: 'active' | 'visited' | 'idle' | 'incident'): Promise<void> {
    await expect(this.page.locator(`[data-element-id="${elementId}"][data-state]`).first()).toHaveAttribute('data-state', state);
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}
