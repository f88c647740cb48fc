import {chmodSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {runKubectl} from '../../source/kubectl/run-kubectl.ts';

const PATH = process.env.PATH;
let written = '';

beforeEach(() => {
	written = '';
	vi.spyOn(process.stderr, 'write').mockImplementation(chunk => {
		written += chunk;
		return true;
	});
});
afterEach(() => {
	vi.restoreAllMocks();
	process.env.PATH = PATH;
});

/** Runs a script in place of kubectl. */
function run(script: string, columns = 80): Promise<string | undefined> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-kubectl-'));
	writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\n${script}\n`);
	chmodSync(join(folder, 'kubectl'), 0o755);
	process.env.PATH = `${folder}:${PATH}`;
	return runKubectl(['logs'], columns);
}

const FORBIDDEN =
	'Error from server (Forbidden): pods "web-0" is forbidden: User "jane" cannot get resource "pods/log" in API group "" in the namespace "shop"';

test('the first refusal ends kubectl, which would retry for long, and is shown once', async () => {
	const said = await run(`while :; do printf '%s\\n' '${FORBIDDEN}' >&2; sleep 0.05; done`);

	expect(said).toBe('no right to get pods/log in namespace shop: ktop doctor prints what grants it');
	expect(written.split('\n').filter(line => line === FORBIDDEN).length).toBeLessThan(4);
});

test('a refusal that comes in pieces is read as a whole', async () => {
	const [half = '', other = ''] = [FORBIDDEN.slice(0, 90), FORBIDDEN.slice(90)];

	expect(
		await run(`printf '%s' '${half}' >&2; sleep 0.2; printf '%s\\n' '${other}' >&2; exec sleep 30`),
	).toMatch(/^no right to get pods\/log in namespace shop/);
});

test('a refusal that names no right is shown unchanged', async () => {
	expect(await run(`echo 'error: logs is forbidden: by policy' >&2; exec sleep 30`)).toBe(
		'kubectl is refused: error: logs is forbidden: by policy',
	);
});

const LONG =
	'error: Internal error occurred: error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH: unknown';

test.each([80, 120, 40])('of an error too long for %i columns the end is shown', async columns => {
	const said = (await run(`printf '%s\\n' '${LONG}' >&2; exit 126`, columns)) ?? '';

	expect(said).toMatch(/^kubectl ended with 126: … .*not found in \$PATH: unknown$/);
	expect(said.length).toBeLessThanOrEqual(Math.max(columns, 54));
});

test('an error that fits is shown as it is', async () => {
	expect(await run('echo "error: no such pod" >&2; exit 1')).toBe('kubectl ended with 1: error: no such pod');
});

test('success and Ctrl-C have no message', async () => {
	expect(await run('exit 0')).toBeUndefined();
	expect(await run('echo stopped >&2; exit 130')).toBeUndefined();
});
