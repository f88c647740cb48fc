import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bundle} from './bundle.ts';

// How long keys and turns take on a screen of 5,000 nodes and 300,000 containers: `npm run bench:views`, or with the numbers
// of nodes and of pods a node as arguments.

const folder = mkdtempSync(join(tmpdir(), 'ktop-views-'));
try {
	const program = await bundle('views/screen.ts', folder, 'cheap');
	const {status} = spawnSync(
		process.execPath,
		['--max-old-space-size=8192', program, ...process.argv.slice(2)],
		{stdio: ['ignore', 'inherit', 'inherit'], env: {...process.env, NODE_ENV: 'production'}},
	);
	process.exitCode = status ?? 1;
} finally {
	rmSync(folder, {recursive: true});
}
