import { type CountryCode, getCountries } from 'libphonenumber-js/min';

let choices: { code: CountryCode; name: string }[] | undefined;

/** Every country with telephone numbers, by its English name. */
export function countryChoices(): readonly { code: CountryCode; name: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  choices ??= getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return choices;
}
