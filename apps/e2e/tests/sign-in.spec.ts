import { filedCall } from '../src/calls';
import { endpoints, expect, signInBrowser, test } from '../src/fixtures';
import { PASSWORD } from '../src/outdial';
import { LoginPage } from '../src/pages/login-page';

const DEMO_PEOPLE = [
  { email: 'agent1@outdial.test', path: '/dashboard/agent', account: 'Your account: Ava Thompson, Agent' },
  {
    email: 'manager@outdial.test',
    path: '/dashboard/manager',
    account: 'Your account: Maya Lindqvist, Manager',
  },
  {
    email: 'superadmin@outdial.test',
    path: '/dashboard/superadmin',
    account: 'Your account: Sam Okafor, Superadmin',
  },
];

test.describe('sign-in', () => {
  for (const { email, path, account } of DEMO_PEOPLE) {
    test(`brings ${email} to ${path}`, async ({ page }) => {
      const login = await new LoginPage(page).goto();
      await login.signIn(email, PASSWORD);
      await expect(page).toHaveURL(path);
      await expect(page.getByRole('button', { name: account })).toBeVisible();
    });
  }

  test('says in words that the password is wrong, and keeps what was typed', async ({ page }) => {
    const login = await new LoginPage(page).goto();
    await login.signIn('agent2@outdial.test', 'not the password');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Email or password is not right');
    await expect(page).toHaveURL(/\/login$/);
    await expect(page.getByLabel('Email')).toHaveValue('agent2@outdial.test');
  });

  test('is asked for before any page, and leads back to the page that was wanted', async ({
    page,
    outdial,
  }) => {
    const organizationId = await outdial.organization('Guarded');
    const { email } = await outdial.person(organizationId, 'agent', 'Grace Hopper');
    await page.goto('/dashboard/agent/calls');
    await expect(page).toHaveURL(/\/login\?next=/);
    await new LoginPage(page).signIn(email, PASSWORD);
    await expect(page).toHaveURL('/dashboard/agent/calls');
  });

  test("does not open another role's pages, and a made-up cookie opens none", async ({
    page,
    context,
    outdial,
  }) => {
    const organizationId = await outdial.organization('Guarded');
    const agent = await outdial.person(organizationId, 'agent', 'Grace Hopper');
    const { cookie } = await signInBrowser(outdial, agent, context);
    // Asked without the browser, so that a redirect made by a script would not count.
    const answer = (path: string, value = cookie.value) =>
      fetch(outdial.run.webUrl + path, {
        redirect: 'manual',
        headers: { cookie: `${cookie.name}=${value}` },
      });
    for (const path of ['/dashboard/manager', '/dashboard/superadmin/people']) {
      const { status, headers } = await answer(path);
      expect([status, headers.get('location')]).toEqual([307, '/dashboard/agent']);
    }
    const forged = await answer('/dashboard/agent', 'x'.repeat(32));
    expect([forged.status, forged.headers.get('location')]).toEqual([307, expect.stringMatching(/^\/login/)]);

    await page.goto('/dashboard/manager');
    await expect(page).toHaveURL('/dashboard/agent');
  });

  test('ends with sign-out, on the server too', async ({ agent: { page, session, sheets } }) => {
    await sheets.goto();
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/login$/);
    expect((await session.fetch('/api/me')).status).toBe(401);
    await page.goto('/dashboard/agent');
    await expect(page).toHaveURL(/\/login/);
  });

  test('asks before it ends a call, and files the call first', async ({
    agent: { page, person, session, sheets, dock, sip },
    outdial,
  }) => {
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550108');
    await dock.expectCall('connected');
    const signOut = async () => {
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
    };
    await signOut();
    const question = page.getByRole('dialog', { name: 'End the call and sign out?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await dock.expectCall('connected');
    expect((await session.fetch('/api/me')).status).toBe(200);

    await signOut();
    await question.getByRole('button', { name: 'End call and sign out' }).click();
    await expect(page).toHaveURL(/\/login$/, { timeout: 20_000 });
    expect((await session.fetch('/api/me')).status).toBe(401);
    expect(sip.dialed).toHaveLength(1);
    const again = await outdial.signIn(person);
    expect(await filedCall(again, '+12025550108')).toMatchObject({ status: 'answered', hangupBy: 'agent' });
  });

  test('lists where one is signed in, and signs a lost computer out at once', async ({
    agent: { page, person, sheets },
    outdial,
    anotherComputer,
  }) => {
    const elsewhere = await anotherComputer();
    await signInBrowser(outdial, person, elsewhere);
    const lostPage = await elsewhere.newPage();
    await lostPage.goto('/dashboard/agent');
    await expect(lostPage.getByRole('heading', { name: 'Workspace' })).toBeVisible();

    await sheets.goto();
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Where you are signed in' }).click();
    const places = page.getByRole('dialog').getByRole('listitem');
    await expect(places).toHaveCount(2);
    await expect(places.filter({ hasText: 'This page' })).toHaveCount(1);
    await places.getByRole('button', { name: /^Sign out of/ }).click();
    await expect(places).toHaveCount(1);
    await expect(lostPage).toHaveURL(/\/login/);
  });

  test('leaves no token where a script could read it', async ({ page, context, outdial }) => {
    const bodies: string[] = [];
    page.on('response', async (response) => {
      if (!response.url().includes('/api/')) return;
      bodies.push(await response.text().catch(() => ''));
    });
    const organizationId = await outdial.organization('Guarded');
    const { email } = await outdial.person(organizationId, 'agent', 'Grace Hopper');
    await (await new LoginPage(page).goto()).signIn(email, PASSWORD);
    await expect(page).toHaveURL('/dashboard/agent');
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Where you are signed in' }).click();
    await expect(page.getByRole('dialog').getByText('This page')).toBeVisible();

    const session = (await context.cookies()).find(({ name }) => name.includes('session'));
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    const token = decodeURIComponent(session?.value ?? '').split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(stored).not.toContain(token);
    expect(bodies.length).toBeGreaterThan(1);
    for (const body of bodies) expect(body).not.toContain(token);
  });

  test('leads to pages that run no injected script', async ({ page, agent: { sheets }, complaints }) => {
    const policies: string[] = [];
    page.on('response', (response) => {
      if (response.request().isNavigationRequest())
        policies.push(response.headers()['content-security-policy'] ?? '');
    });
    await sheets.goto();
    await page.goto('/dashboard/agent/calls');
    await page.goto('/no-such-page');
    await page.context().clearCookies();
    await page.goto('/login');
    expect(policies).toHaveLength(4);
    for (const policy of policies) {
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1];
      expect(scripts).toMatch(/'nonce-[^']+'/);
      expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
      // Hosts by name: a scheme alone lets a script send what it reads anywhere.
      const { host } = new URL(page.url());
      expect(/connect-src ([^;]+)/.exec(policy)?.[1]).toBe(`'self' ws://${host} wss://${host}`);
    }

    // As markup that slipped into a page would: what a script makes itself is trusted under strict-dynamic.
    await page.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.injected = true">'),
    );
    await expect.poll(() => complaints.splice(0).length, 'what the browser refused').toBeGreaterThan(0);
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  });

  test('refuses after ten wrong passwords, and says how long', async ({ page, outdial }) => {
    const organizationId = await outdial.organization('Guarded');
    const { email } = await outdial.person(organizationId, 'agent', 'Grace Hopper');
    for (let tries = 0; tries < 10; tries++)
      await page.request.post('/api/auth/sign-in', { data: { email, password: `wrong ${tries}` } });
    await (await new LoginPage(page).goto()).signIn(email, PASSWORD);
    await expect(page.getByRole('main').getByRole('alert')).toContainText(/wait/i);
  });
});

test('API errors are the same through the page as at the API', async ({ page, agent: { api } }) => {
  const answer = await page.request.get('/api/calls/no-such-call');
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toMatchObject({ success: false, code: 'not-found' });
  await expect(api(endpoints.calls.show, { params: { callId: 'no-such-call' } })).rejects.toMatchObject({
    status: 404,
  });
});
