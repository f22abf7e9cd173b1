import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds wrong with the page as it stands, one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: { type: 'tag', values: STANDARDS },
      resultTypes: ['violations'],
      // There are none, and looking for them takes time.
      iframes: false,
      preload: false,
    })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary?.split('\n').slice(1).join(' ').trim();
      return `${id}: ${target.join(' ')} (${why})`;
    }),
  );
}

/** Whether the page is wider than its window: nobody should have to scroll sideways (WCAG 1.4.10). */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

const LOOKS = [
  ['dark', 390],
  ['light', 1440],
] as const;

/** Nothing keeps anyone out of the page as it stands: dark on a phone, then light and wide, as the test goes on. */
export async function expectFit(page: Page, what: string): Promise<void> {
  for (const [colorScheme, width] of LOOKS) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const folder = process.env.OUTDIAL_E2E_SHOTS;
    if (folder) await page.screenshot({ path: `${folder}/${what.replaceAll(' ', '-')}-${width}.png` });
    expect(await accessibilityProblems(page), `${what}, ${colorScheme}, ${width} px`).toEqual([]);
    expect(await overflowsSideways(page), `${what}, ${width} px: scrolls sideways`).toBe(false);
  }
}
