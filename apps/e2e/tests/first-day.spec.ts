import { randomUUID } from 'node:crypto';
import { expectFit } from '../src/accessibility';
import { command } from '../src/commands';
import { expect, signInBrowser, test } from '../src/fixtures';
import type { Outdial } from '../src/outdial';
import { LoginPage } from '../src/pages/login-page';
import { PasswordPage } from '../src/pages/password-page';
import { PeopleAdmin } from '../src/pages/people-admin';
import { PhoneDock } from '../src/pages/phone-dock';

const OWN_PASSWORD = 'lantern harbour seven';
const ANSWERS = '+1 202 555 0108';

/** An organization as the documentation has it made. */
async function freshInstall({ run }: Outdial) {
  const email = `ann-${randomUUID()}@acme.test`;
  const organization = `Acme ${randomUUID()}`;
  const who = ['--organization', organization, '--name', 'Ann Lee', '--email', email];
  const printed = await command(run, 'create-organization', ...who);
  return { email, password: printed.trim().split(' ').at(-1) ?? '' };
}

const emailOf = (name: string) => `${name}-${randomUUID().slice(0, 8)}@acme.test`;

test.describe('the first day', () => {
  test('a superadmin adds an agent, who chooses a password and dials, and is disabled', async ({
    outdial,
    page,
    anotherComputer,
  }) => {
    test.slow();
    const { email, password } = await freshInstall(outdial);
    await (await new LoginPage(page).goto()).signIn(email, password);
    await expect(page).toHaveURL('/dashboard/superadmin');
    const people = await new PeopleAdmin(page).goto();
    const grace = emailOf('grace');
    const oneTime = await people.add('Grace Hopper', grace);
    await expect(people.row('Grace Hopper').getByText('Pending')).toBeVisible();
    await expect(people.row('Grace Hopper').getByRole('cell', { name: '1001' })).toBeVisible();

    const desk = await (await anotherComputer()).newPage();
    await (await new LoginPage(desk).goto()).signIn(grace, oneTime);
    const choice = new PasswordPage(desk);
    await expect(choice.heading).toBeVisible();
    await desk.goto('/dashboard/agent');
    await expect(choice.heading, 'no other page before').toBeVisible();
    await choice.choose(OWN_PASSWORD);
    await expect(desk).toHaveURL('/dashboard/agent');
    // The list is told of it.
    await expect(people.row('Grace Hopper').getByText('Pending')).toBeHidden();

    const dock = new PhoneDock(desk);
    await dock.expectReady();
    await dock.dial(ANSWERS);
    await dock.expectCall('connected');

    await people.choose('Grace Hopper', 'Disable');
    await people.confirm('Disable');
    await expect(desk, 'the page is signed out').toHaveURL(/\/login/);
    await expect(people.row('Grace Hopper').getByText('Disabled')).toBeVisible();
    await new LoginPage(desk).signIn(grace, OWN_PASSWORD);
    await expect(desk.getByRole('main').getByRole('alert')).toContainText('This account is disabled');

    await people.choose('Grace Hopper', 'Enable');
    await people.confirm('Enable');
    await expect(people.row('Grace Hopper').getByText('Disabled')).toBeHidden();
    await new LoginPage(desk).signIn(grace, OWN_PASSWORD);
    await expect(desk).toHaveURL('/dashboard/agent');
  });

  test('a forgotten password is replaced, and one’s own is changed', async ({
    agent,
    outdial,
    anotherComputer,
  }) => {
    test.slow();
    const { person, page } = agent;
    const superadmin = await outdial.person(person.organizationId, 'superadmin', 'Sam Okafor');
    const context = await anotherComputer();
    await signInBrowser(outdial, superadmin, context);
    const people = await new PeopleAdmin(await context.newPage()).goto();
    await expect(people.more('Sam Okafor'), 'nothing to be done to oneself').toHaveCount(0);
    await page.goto('/dashboard/agent/calls');
    await agent.dock.expectReady();
    await people.choose(person.name, 'New one-time password');
    await people.confirm('Make password');
    const oneTime = await people.takePassword();
    await expect(page, 'the page is signed out').toHaveURL(/\/login/);

    await new LoginPage(page).signIn(person.email, oneTime);
    const choice = new PasswordPage(page);
    await expectFit(page, 'the choice');
    await choice.choose('too short');
    await expect(page.getByLabel('New password', { exact: true })).toBeFocused();
    await choice.choose(OWN_PASSWORD, `${OWN_PASSWORD}!`);
    await expect(page.getByText('This is not the same as above.')).toBeVisible();
    await choice.choose(oneTime);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('not the present one');
    await choice.choose(OWN_PASSWORD);
    await expect(page, 'back to the page that was wanted').toHaveURL('/dashboard/agent/calls');

    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Change password' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change your password' });
    await dialog.getByLabel('Current password').fill('not this one');
    await dialog.getByLabel('New password', { exact: true }).fill('another lantern');
    await dialog.getByLabel('New password again').fill('another lantern');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await expect(dialog.getByRole('alert')).toContainText('current password is wrong');
    await dialog.getByLabel('Current password').fill(OWN_PASSWORD);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('Password changed.')).toBeVisible();
    await expect(dialog).toBeHidden();
    await agent.dock.expectReady();
  });

  test('says what is wrong with a person, by keyboard and for every eye', async ({
    outdial,
    page,
    context,
  }) => {
    test.slow();
    const organizationId = await outdial.organization('Harbor Dental');
    const superadmin = await outdial.person(organizationId, 'superadmin', 'Sam Okafor');
    await signInBrowser(outdial, superadmin, context);
    const people = await new PeopleAdmin(page).goto();
    await people.openAdd();
    await page.keyboard.press('Enter');
    await expect(people.input('Name')).toHaveAccessibleDescription('Give a name.');
    await page.keyboard.type('Grace Hopper');
    await people.input('Email').fill(superadmin.email);
    await page.keyboard.press('Enter');
    await expect(people.dialog.getByRole('alert')).toContainText('Sam Okafor has this email');
    await expectFit(people.page, 'the form');
    await people.input('Email').fill(emailOf('grace'));
    await people.submit();
    await expect(people.oneTimePassword).toHaveText(/^([2-9a-km-np-z]{4}-){3}[2-9a-km-np-z]{4}$/);
    await expectFit(people.page, 'the password');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await people.dialog.getByRole('button', { name: 'Copy password' }).click();
    await expect(people.dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(await people.takePassword()).toBe(copied);
    await expect(page.getByRole('button', { name: 'Add person' })).toBeFocused();

    await people.more('Grace Hopper').focus();
    await page.keyboard.press('Enter');
    const item = (name: string) => page.getByRole('menuitem', { name });
    await expect(item('New one-time password')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(item('Disable')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(people.dialog.getByRole('heading', { name: 'Disable Grace Hopper?' })).toBeVisible();
    await expectFit(people.page, 'the question');
    await people.confirm('Disable');
    await expect(people.row('Grace Hopper').getByText('Disabled')).toBeVisible();
    await expect(people.more('Grace Hopper')).toBeFocused();
    await expectFit(people.page, 'the list');
  });
});
