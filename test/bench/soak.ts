/** `npm run soak -- --hours 24`: the test that nothing grows with uptime, over more hours than each change waits for. */
import {spawnSync} from 'node:child_process';
import {parseArgs} from 'node:util';

const {values} = parseArgs({options: {hours: {type: 'string', default: '24'}}});
if (!(Number(values.hours) >= 3)) {
	throw new Error(`--hours ${values.hours}: a number of hours, at least 3`);
}

const {status} = spawnSync(
	'npx',
	['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/faults/uptime.test.ts'],
	{
		stdio: 'inherit',
		env: {...process.env, KTOP_SOAK_HOURS: values.hours},
	},
);
process.exitCode = status ?? 1;
