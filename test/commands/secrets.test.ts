import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {doctor} from '../../source/commands/doctor.ts';
import {openLogFile} from '../../source/commands/log-file.ts';
import {record} from '../../source/commands/record.ts';
import {printSnapshots} from '../../source/commands/snapshot.ts';
import {KtopError} from '../../source/metrics/model/failure.ts';
import type {Log} from '../../source/metrics/model/log.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {startRecordedCluster} from '../e2e/recorded-cluster.ts';
import {startServer, tlsOf} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {
	expectNoSecret,
	type Login,
	logins,
	SECRET_COUNT,
	SECRETS,
	scratchFolder,
	TROUBLES,
	writtenInto,
} from './planted-secrets.ts';

/** Runs a command as `main` does, and returns what it throws, as it is printed and with its stack. */
async function run(argv: readonly string[], environment: Login['environment'], log: Log): Promise<string> {
	const request = parseOptions(argv, {...environment});
	try {
		switch (request.kind) {
			case 'run':
				await printSnapshots(request.options, new AbortController().signal, log);
				return '';
			case 'doctor':
				await doctor(request.options, log);
				return '';
			case 'record':
				await record(request.options, log);
				return '';
			default:
				throw new Error(JSON.stringify(request));
		}
	} catch (error) {
		if (!(error instanceof KtopError)) {
			throw error;
		}

		log('error', 'failed', {code: error.code, error: error.message, hint: error.hint});
		return `${error.stack} ${error.hint} ${error.brief} ${String(error.cause)}`;
	}
}

/** What all commands print meanwhile. */
function watchOutput(): () => string {
	let printed = '';
	for (const stream of [process.stdout, process.stderr]) {
		const spy = vi.spyOn(stream, 'write').mockImplementation((chunk, ...rest: readonly unknown[]) => {
			printed += String(chunk);
			const done = rest.at(-1);
			if (typeof done === 'function') {
				done();
			}

			return true;
		});
		onTestFinished(() => spy.mockRestore());
	}

	return () => printed;
}

/** `record` listens for signals that end it. */
function forgetSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const before = new Set(process.listeners(signal));
		onTestFinished(() => {
			for (const listener of process.listeners(signal)) {
				if (!before.has(listener)) {
					process.removeListener(signal, listener);
				}
			}
		});
	}
}

const STORES = [
	`influxdb:http://ktop:${SECRETS.historyPassword}@127.0.0.1:1?db=k8s`,
	`influxdb:http://127.0.0.1:1?db=k8s&token=${SECRETS.influxToken}`,
	`prometheus:http://127.0.0.1:1?header=Cookie:${SECRETS.cookie}`,
];

describe('secrets', {timeout: 300_000}, () => {
	test.for(Object.entries(TROUBLES))(
		'of each login are in no output of a command: %s',
		async ([, trouble], {task}) => {
			const home = scratchFolder();
			const out = scratchFolder();
			forgetSignals();
			const printed = watchOutput();
			const {log, close} = openLogFile(join(out, 'ktop.log'));
			const ways = logins(home);
			const runs = ways.flatMap((login, at) => {
				const {user, environment, args = []} = login;
				const cluster = startRecordedCluster({
					kubeletTls: tlsOf('server-hostname'),
					...trouble,
					user,
					isOpen: true,
				});
				onTestFinished(async () => (await cluster).close());
				const sink = `influxdb:http://127.0.0.1:1?db=k8s&u=ktop&p=${SECRETS.sinkPassword}&spool=${join(out, `spool-${at}`)}`;
				return [
					['--json', '--history', STORES[at % STORES.length] ?? ''],
					['pods', '-o', 'csv', '--source', `cadvisor:http://me:${SECRETS.cadvisorPassword}@127.0.0.1:1`],
					['doctor', '-o', 'json', '--history', STORES[(at + 1) % STORES.length] ?? ''],
					['doctor'],
					[
						...['record', '--interval', '1s', '--count', '1'],
						...['--sink', sink, '--sink', `file:${join(out, `${at}.ktop`)}`],
					],
				].map(async command => {
					const {kubeconfig} = await cluster;
					const isBeside = command.includes('--source');
					return run(
						[
							...command,
							...(isBeside ? ['--source', 'kubernetes'] : []),
							...['--kubeconfig', kubeconfig, '--request-timeout', '5s'],
							...args,
						],
						environment,
						log,
					);
				});
			});
			const thrown = (await Promise.all(runs)).join('\n');
			close();
			expectNoSecret(thrown, 'errors');
			expectNoSecret(printed(), 'stdout and stderr');
			const {text, readable} = writtenInto(out);
			expectNoSecret(text, 'recordings, spools and the log');
			expect(readable).toEqual([]);
			expect(text).toContain('level=');
			report(task, 'secrets', SECRET_COUNT, runs.length);
		},
	);

	test('do not go to an API server in clear, whatever the login', async ({task}) => {
		const received: Array<string | undefined> = [];
		const plain = await startServer(({headers}, response) => {
			received.push(headers.authorization);
			response.writeHead(200, {'content-type': 'application/json'}).end('{}');
		});
		onTestFinished(plain.close);
		const home = scratchFolder();
		const printed = watchOutput();
		const ways = logins(home);
		const runs = ways.map(({user, environment, args = []}, at) => {
			const kubeconfig = join(home, `config-${at}`);
			const named = {
				'current-context': 'a',
				clusters: [{name: 'a', cluster: {server: plain.origin}}],
				users: [{name: 'a', user}],
				contexts: [{name: 'a', context: {cluster: 'a', user: 'a'}}],
			};
			writeFileSync(kubeconfig, JSON.stringify(named));
			return run(['--json', '--kubeconfig', kubeconfig, ...args], environment, () => {});
		});
		expectNoSecret((await Promise.all(runs)).join('\n') + printed(), 'errors and output');
		expect(received.length).toBeGreaterThan(0);
		expect(received.filter(header => header !== undefined)).toEqual([]);
		report(task, 'secrets', ways.length, ways.length);
	});
});
