import {spawnSync} from 'node:child_process';
import {parseArgs} from 'node:util';
import {TARGETS} from './targets.ts';

/**
 * `npm run fuzz -- --minutes N [--seed S] [target …]`: fuzzes all targets or those named, N minutes in all, and writes
 * the counts to test/RELIABILITY.md. A failure prints the smallest input and the seed.
 */
const {values, positionals} = parseArgs({
	options: {minutes: {type: 'string', default: '1'}, seed: {type: 'string'}},
	allowPositionals: true,
});
const unknown = positionals.filter(name => !TARGETS.some(target => target.name === name));
if (unknown.length > 0 || !(Number(values.minutes) >= 0)) {
	console.error(
		`unknown: ${unknown.join(', ')}; targets are:\n${TARGETS.map(({name}) => `  ${name}`).join('\n')}`,
	);
	process.exit(2);
}

const {status} = spawnSync('npx', ['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/fuzz'], {
	stdio: 'inherit',
	env: {
		...process.env,
		KTOP_RELIABILITY: 'write',
		KTOP_FUZZ_MINUTES: values.minutes,
		...(values.seed === undefined ? {} : {KTOP_FUZZ_SEED: values.seed}),
		...(positionals.length === 0 ? {} : {KTOP_FUZZ_TARGETS: positionals.join('\n')}),
	},
});
process.exit(status ?? 1);
