import { expectFit } from '../src/accessibility';
import { endpoints, expect, signInBrowser, test } from '../src/fixtures';
import { PeoplePage } from '../src/pages/people-page';

test.describe('phone accounts', () => {
  test('are set by a superadmin, shown again after a reload, and used by the phone', async ({
    agent,
    outdial,
    anotherComputer,
  }) => {
    const { organizationId, name } = agent.person;
    const superadmin = await outdial.person(organizationId, 'superadmin', 'Sam Okafor');
    const context = await anotherComputer();
    await signInBrowser(outdial, superadmin, context);
    const people = await new PeoplePage(await context.newPage(), 'superadmin').goto();
    await expect(people.phoneAccountButtons, 'only people with a phone have one').toHaveCount(1);

    const sipUsername = `desk-${agent.person.id.slice(0, 8)}`;
    await people.openPhoneAccount(name);
    await expect(people.field('SIP password')).toHaveAccessibleDescription(/No password is stored yet/);
    await people.field('Extension').fill('4711');
    await people.field('SIP username').fill(sipUsername);
    await people.field('SIP password').fill('long-and-secret');
    await people.save();
    await expect(people.page.getByText(`Phone account of ${name} saved.`)).toBeVisible();
    await expect(people.phoneAccount).toBeHidden();
    await expect(people.row(name).getByRole('cell', { name: '4711', exact: true })).toBeVisible();

    await people.goto();
    await people.openPhoneAccount(name);
    await expect(people.field('Extension')).toHaveValue('4711');
    await expect(people.field('SIP username')).toHaveValue(sipUsername);
    await expect(people.field('SIP password')).toHaveValue('');
    await expect(people.field('SIP password')).toHaveAccessibleDescription(/A password is stored/);

    expect(await agent.api(endpoints.softphone.credentials, {})).toMatchObject({ sipUsername });
    await agent.sheets.goto();
    await agent.dock.expectReady();
  });

  test('that cannot be saved say why, and keep what was typed', async ({
    agent,
    outdial,
    anotherComputer,
  }) => {
    const { organizationId, name } = agent.person;
    await outdial.person(organizationId, 'agent', 'Grace Hopper');
    const superadmin = await outdial.person(organizationId, 'superadmin', 'Sam Okafor');
    const context = await anotherComputer();
    const { api } = await signInBrowser(outdial, superadmin, context);
    const { items } = await api(endpoints.users.list, { query: { search: 'Grace' } });
    const taken = items[0]?.extension ?? '';
    const people = await new PeoplePage(await context.newPage(), 'superadmin').goto();

    await people.openPhoneAccount(name);
    await people.field('Extension').fill('reception');
    await people.field('SIP username').fill('');
    await people.field('SIP password').fill('short');
    await people.save();
    await expect(people.field('Extension')).toHaveAccessibleDescription('An extension is 1 to 10 digits.');
    await expect(people.field('Extension')).toBeFocused();
    await expect(people.field('SIP username')).toHaveAccessibleDescription('Give the SIP username.');
    await expect(people.field('SIP password')).toHaveAccessibleDescription('Use at least 8 characters.');

    await people.field('Extension').fill(taken);
    await people.field('SIP username').fill('desk-of-ada');
    await people.field('SIP password').fill('long-and-secret');
    await people.save();
    await expect(people.phoneAccount.getByRole('alert')).toHaveText(
      `Extension ${taken} is taken by Grace Hopper. Choose another.`,
    );
    await expect(people.field('Extension')).toHaveValue(taken);
    await expect(people.field('SIP username')).toHaveValue('desk-of-ada');
    await expect(people.field('SIP password')).toHaveValue('long-and-secret');

    await expectFit(people.page, 'the phone account');
    await people.phoneAccount.getByRole('button', { name: 'Cancel' }).click();
    await expect(people.page.getByRole('button', { name: `Phone account of ${name}` })).toBeFocused();
    await people.openPhoneAccount(name);
    await expect(people.field('SIP username')).toHaveValue(/^e2e-/);
    await expect(people.phoneAccount.getByRole('alert')).toHaveCount(0);
  });

  test('are not offered to managers', async ({ agent, outdial, anotherComputer }) => {
    const { organizationId, name } = agent.person;
    const context = await anotherComputer();
    await signInBrowser(outdial, await outdial.person(organizationId, 'manager', 'Maya'), context);
    const people = await new PeoplePage(await context.newPage(), 'manager').goto();
    await expect(people.row(name)).toBeVisible();
    await expect(people.phoneAccountButtons).toHaveCount(0);
  });
});

test.describe('who is there', () => {
  test('is seen by managers as it changes, over a call, another page and a sign-out', async ({
    agent,
    outdial,
    anotherComputer,
  }) => {
    test.setTimeout(120_000);
    const { organizationId, name } = agent.person;
    await outdial.person(organizationId, 'agent', 'Grace Hopper');
    const manager = await outdial.person(organizationId, 'manager', 'Maya Lind');
    const context = await anotherComputer();
    await signInBrowser(outdial, manager, context);
    const people = await new PeoplePage(await context.newPage(), 'manager').goto();
    await expect(people.state('Maya Lind')).toHaveText('Online');
    await expect(people.state('Grace Hopper')).toHaveText('Offline');

    await agent.sheets.goto();
    await agent.dock.expectReady();
    await expect(people.state(name)).toHaveText('Ready');
    await agent.dock.dial('*43');
    await expect(people.state(name)).toHaveText('Talking');
    const second = await agent.context.newPage();
    await second.goto('/dashboard/agent');
    await second.reload();
    await expect(people.state(name), 'of two pages the one in the call counts').toHaveText('Talking');

    await expectFit(people.page, 'who is there');

    await agent.dock.root.getByRole('button', { name: 'Hang up' }).click();
    await expect(people.state(name)).toHaveText('Ready');
    await agent.api(endpoints.auth.signOut, {});
    await expect(people.state(name)).toHaveText('Offline', { timeout: 10_000 });
  });
});
