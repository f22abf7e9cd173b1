import { filedCall } from '../src/calls';
import { expect, signInBrowser, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';
import { cookieOf, upgradeSip } from '../src/sip-upgrade';

test("another organization's sheet, call and recording are not there, whatever is asked", async ({
  agent,
  outdial,
  anotherComputer,
}) => {
  const { sheets, workspace, session } = agent;
  const leads = leadsEndingIn('6');
  await sheets.goto();
  await sheets.choose(csvFile(leads));
  await sheets.start();
  await workspace.expectDialer('finished', 20_000);
  const { sheetId } = workspace;
  const call = await filedCall(session, leads[0]?.phone ?? '');
  const paths = [
    call.recording?.url ?? '',
    `${call.recording?.url}?download=1`,
    `/api/calls/${call.id}`,
    `/api/sheets/${sheetId}`,
    `/api/sheets/${sheetId}/file`,
    `/api/sheets/${sheetId}/issues.csv`,
    `/api/sheets/${sheetId}/queue`,
    `/api/v1/calls/${call.id}`,
  ];
  for (const path of paths) expect((await session.fetch(path)).status, `own ${path}`).toBe(200);

  const organizationId = await outdial.organization('Rival');
  for (const role of ['agent', 'manager', 'superadmin'] as const) {
    const stranger = await outdial.signIn(await outdial.person(organizationId, role, `Rival ${role}`));
    for (const path of paths) expect((await stranger.fetch(path)).status, `${role} ${path}`).toBe(404);
  }
  const colleague = await outdial.person(agent.person.organizationId, 'agent', 'Colleague');
  expect((await (await outdial.signIn(colleague)).fetch(call.recording?.url ?? '')).status).toBe(404);
  const manager = await outdial.person(agent.person.organizationId, 'manager', 'Maya');
  expect((await (await outdial.signIn(manager)).fetch(call.recording?.url ?? '')).status).toBe(200);
  for (const path of paths)
    expect((await fetch(outdial.run.webUrl + path)).status, `nobody ${path}`).toBe(401);

  // In the browser of the other organization's manager.
  const context = await anotherComputer();
  await signInBrowser(outdial, await outdial.person(organizationId, 'manager', 'Rita'), context);
  const page = await context.newPage();
  await page.goto(`/dashboard/manager/calls?call=${call.id}`);
  await expect(page.getByText('There is no such call')).toBeVisible();
  await expect(page.getByText('No calls yet')).toBeVisible();
});

test('nobody reaches the switch without credentials, and no page of another site does', async ({
  agent,
  outdial,
}) => {
  const { page, session, sheets, dock } = agent;
  await sheets.goto();
  await dock.expectReady();
  const answer = await page.evaluate(askToRegister, 'sip:demo-1001@outdial.local');
  expect(answer).toMatch(/^SIP\/2\.0 401 /);

  const statusFrom = async (origin: string) => {
    const { status, close } = await upgradeSip(outdial.run.webUrl, { ...cookieOf(session), origin });
    close();
    return status;
  };
  expect(await statusFrom(outdial.run.webUrl)).toBe(101);
  expect(await statusFrom('https://evil.example')).toBe(403);
});

/** In the page: a REGISTER without credentials on the page's own origin; the switch's first line. */
function askToRegister(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/sip`, 'sip');
    socket.onerror = () => reject(new Error('The switch was not reached.'));
    socket.onmessage = ({ data }) => {
      resolve(String(data).split('\r\n', 1)[0] ?? '');
      socket.close();
    };
    socket.onopen = () =>
      socket.send(
        [
          'REGISTER sip:outdial.local SIP/2.0',
          'Via: SIP/2.0/WS e2e.invalid;branch=z9hG4bKe2e',
          'Max-Forwards: 70',
          `To: <${address}>`,
          `From: <${address}>;tag=e2e`,
          'Call-ID: e2e-register',
          'CSeq: 1 REGISTER',
          'Contact: <sip:e2e@e2e.invalid;transport=ws>',
          'Expires: 60',
          'Content-Length: 0',
          '',
          '',
        ].join('\r\n'),
      );
  });
}
