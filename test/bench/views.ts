import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bundle} from './bundle.ts';
import {writeTable} from './scale-table.ts';

// How long keys and turns take on a screen of 5,000 nodes and 300,000 containers: `npm run bench:views`, or with the numbers
// of nodes and of pods a node as arguments. `--polling` measures them while nodes are read, `--only=WORD` some of the rows,
// and `--keys` says what each key took.
// `--write` puts the table into README.md.

const isWritten = process.argv.includes('--write');
const name = process.argv.includes('--polling') ? 'views-polling' : 'views';
const folder = mkdtempSync(join(tmpdir(), 'ktop-views-'));
try {
	const program = await bundle('views/screen.ts', folder, 'cheap');
	const sizes = process.argv.slice(2).filter(text => text !== '--write');
	const {status, stdout} = spawnSync(process.execPath, ['--max-old-space-size=8192', program, ...sizes], {
		stdio: ['ignore', 'pipe', 'inherit'],
		encoding: 'utf8',
		env: {...process.env, NODE_ENV: 'production'},
	});
	const rows = stdout.split('\n').filter(line => line.startsWith('|'));
	if (isWritten && status === 0) {
		writeTable(name, () => rows.join('\n'));
	}

	process.exitCode = status ?? 1;
} finally {
	rmSync(folder, {recursive: true});
}
