import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLayers } from './check';
import { RULES } from './rules';

/** `npm run layers`: whether every import keeps to the layers. `--root` names another folder than the repository. */
const { values } = parseArgs({ options: { root: { type: 'string' }, json: { type: 'boolean' } } });
const { findings, files } = checkLayers(values.root ?? join(import.meta.dirname, '../../..'), RULES);

if (values.json) {
  console.log(JSON.stringify(findings.map(({ rule, ...finding }) => ({ ...finding, rule: rule.name }))));
} else {
  for (const { file, line, specifier, rule } of findings)
    console.error(`${file}:${line} imports '${specifier}'\n  ${rule.name}: ${rule.why}\n`);
  const broken = findings.length === 1 ? '1 import breaks a rule' : `${findings.length} imports break a rule`;
  console.log(`Layers: ${files} files, ${RULES.length} rules, ${findings.length > 0 ? broken : 'all kept'}.`);
}
process.exitCode = findings.length > 0 || files === 0 ? 1 : 0;
