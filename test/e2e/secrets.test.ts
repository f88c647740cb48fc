import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {
	expectNoSecret,
	logins,
	SECRET_COUNT,
	SECRETS,
	scratchFolder,
	TROUBLES,
	writtenInto,
} from '../commands/planted-secrets.ts';
import {startServer, tlsOf} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {EXECUTABLE, openKtop, runKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';

/**
 * Throws out of a timer, as a defect does that no command catches, with what may hang on an error of a request; as soon as
 * something is in the log, where it is looked for.
 */
const defectAfter = (log: string): string => `
import {readFileSync} from 'node:fs';
const timer = setInterval(() => {
	try {
		if (readFileSync(${JSON.stringify(log)}, 'utf8') === '') return;
	} catch {
		return;
	}
	clearInterval(timer);
	throw Object.assign(new Error('oops'), {headers: {authorization: 'Bearer ${SECRETS.token}'}});
}, 100);
timer.unref();
`;

/** What a process shows of its arguments to other users. */
function argumentsOf(pid: number): string {
	return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}

/** A folder with the config file of a user who has a store, where nothing listens, so that its address is told. */
function settingsIn(home: string): Readonly<Record<string, string>> {
	mkdirSync(join(home, 'config/ktop-tui'), {recursive: true});
	writeFileSync(
		join(home, 'config/ktop-tui/config.yaml'),
		`history: "influxdb:http://ktop:${SECRETS.historyPassword}@127.0.0.1:1?db=k8s"\n`,
	);
	return {
		KTOP_DEBUG: '1',
		XDG_CONFIG_HOME: join(home, 'config'),
		INFLUX_TOKEN: '',
		PROMETHEUS_TOKEN: SECRETS.influxToken,
	};
}

// Every login with every trouble and command is in test/commands/secrets.test.ts; here is the program around them.
describe('secrets', {timeout: 300_000}, () => {
	test.for(Object.entries(TROUBLES).map(([name, trouble], turn) => [name, trouble, turn] as const))(
		'are in no output of the program, the screen included: %s',
		async ([, trouble, turn], {task}) => {
			const home = scratchFolder();
			const out = scratchFolder();
			const environment = {...settingsIn(home), XDG_STATE_HOME: join(out, 'state')};
			const ways = logins(home);
			/** Another login for each command, and for the same command in another trouble. */
			const loginOf = async (command: number) => {
				const login = ways[(turn * 3 + command) % ways.length] ?? {name: '', user: {}};
				const cluster = await startRecordedCluster({
					kubeletTls: tlsOf('server-hostname'),
					...trouble,
					user: login.user,
					isOpen: true,
				});
				onTestFinished(cluster.close);
				return {
					kubeconfig: cluster.kubeconfig,
					name: login.name,
					args: [
						...['--kubeconfig', cluster.kubeconfig, '--request-timeout', '5s'],
						...['--log', join(out, 'ktop.log'), ...(login.args ?? [])],
					],
					environment: {...environment, ...login.environment},
				};
			};
			const [watched, printed, recorded, completed] = await Promise.all([0, 1, 2, 3].map(loginOf));
			if (!(watched && printed && recorded && completed)) {
				throw new Error('no login');
			}

			const terminal = openKtop(watched.args, {environment: watched.environment});
			onTestFinished(terminal.close);
			const sink = `influxdb:http://127.0.0.1:1?db=k8s&u=ktop&p=${SECRETS.sinkPassword}&spool=${join(out, 'spool')}`;
			const runs = await Promise.all([
				runKtop(['doctor', ...printed.args], printed),
				runKtop(
					[
						...['record', ...recorded.args, '--sink', sink, '--sink', `file:${join(out, 'a.ktop')}`],
						...['--interval', '1s', '--count', '1'],
					],
					recorded,
				),
				runKtop(['complete', 'zsh', '--', 'ktop', '-n', ''], {
					environment: {...completed.environment, KUBECONFIG: completed.kubeconfig},
				}),
			]);
			// These ask no server: once is enough.
			const later =
				turn === 0
					? [
							await runKtop(['replay', join(out, 'a.ktop'), '--json'], printed),
							await runKtop(['explain', '401', ...printed.args], printed),
						]
					: [];
			for (const [at, {stdout, stderr}] of [...runs, ...later].entries()) {
				expectNoSecret(stdout + stderr, `command ${at}`);
			}

			await terminal.until('a screen', screen => screen.includes('? help'));
			for (const key of ['e', '\u001b', 'd', '\r', '!', '5', '2', 'e']) {
				terminal.type(key);
				await terminal.until('a frame', screen => screen.includes('ktop'));
			}

			terminal.type('\u001b\u001bqq');
			await terminal.exitCode;
			expectNoSecret(terminal.written(), `the screen with ${watched.name}`);
			const {text, readable} = writtenInto(out);
			expectNoSecret(text, 'recordings, spools and the log');
			expect(readable).toEqual([]);
			expect(text.match(/msg=started/g)).toHaveLength(3);
			report(task, 'secrets', SECRET_COUNT, runs.length + later.length + 1);
		},
	);
});

test.skipIf(process.platform !== 'linux')(
	'flags with secrets are not among the arguments that others see',
	async ({task}) => {
		const {origin, close} = await startServer(() => {});
		onTestFinished(close);
		let shown: Promise<string> | undefined;
		await runKtop(
			[
				...['--source', `cadvisor:${origin.replace('://', `://me:${SECRETS.cadvisorPassword}@`)}`],
				...['--token', SECRETS.tokenFlag, '--request-timeout', '2s', '--json'],
			],
			{
				onStart({pid}) {
					shown = expect
						.poll(() => argumentsOf(pid ?? 0))
						.toBe(`ktop --source cadvisor:${origin} --request-timeout 2s --json --token …`)
						.then(() => argumentsOf(pid ?? 0));
				},
			},
		);
		expectNoSecret((await shown) ?? '', 'arguments');
		report(task, 'secrets', 2, 1);
	},
);

// The single executable takes no options of Node.
test.skipIf(EXECUTABLE !== undefined)(
	'a defect is one line, without what hangs on the error',
	async ({task}) => {
		const {origin, close} = await startServer(() => {});
		onTestFinished(close);
		const out = scratchFolder();
		const defect = join(scratchFolder(), 'defect.mjs');
		const log = join(out, 'ktop.log');
		writeFileSync(defect, defectAfter(log));
		const {stderr, exitCode} = await runKtop(['--source', `cadvisor:${origin}`, '--json', '--log', log], {
			environment: {NODE_OPTIONS: `--import ${defect}`, KTOP_TOKEN: SECRETS.environment},
		});
		expect([stderr, exitCode]).toEqual(['ktop: a defect: oops; KTOP_DEBUG=1 shows where\n', 1]);
		const {text} = writtenInto(out);
		expect(text).toMatch(/level=error msg=defect error="Error: oops.*\n.*msg=ended exitCode=1\n$/);
		expectNoSecret(text + stderr, 'the crash');
		report(task, 'secrets', 2, 1);
	},
);
