import type {ChildProcess} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {startFailingStore} from '../e2e/failing-store.ts';
import {runKtop} from '../e2e/ktop.ts';
import {startServer, type TestServer} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {wallClock} from './clock.ts';
import {openSession, type Session} from './session.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

const HOUR_MS = 3_600_000;

/** A kubelet of a node that uses half a core, by a clock that may be wrong. */
async function startKubelet(
	clockMs: () => number = () => Date.now(),
	name = 'node-a',
	beforeAnswer: () => unknown = () => {},
): Promise<TestServer> {
	const server = await startServer(async (_request, response) => {
		await beforeAnswer();
		const time = new Date(clockMs()).toISOString();
		response.end(JSON.stringify({node: {nodeName: name, cpu: {time, usageNanoCores: 5e8}}, pods: []}));
	});
	onTestFinished(server.close);
	return server;
}

const flagsOf = (...kubelets: readonly TestServer[]): readonly string[] => [
	...kubelets.flatMap(({origin}) => ['--source', `kubelet:${origin}`]),
	'--interval',
	'500ms',
];

const USING = {sample: {state: 'live'}, cpu: {usageCores: 0.5}};
const nodeOf = ({snapshot}: Session, name = 'node-a') =>
	[...snapshot().nodes].find(node => node.name === name);

/** When the newest sample of the only node came. */
const receivedAtMs = ({store}: Session): number =>
	store.view({level: 'nodes'}, 'live', Date.now()).rows.at(0)?.receivedAtMs ?? 0;

/** Waits for a past of its own: two samples are the least that has a step. */
async function untilPast(session: Session): Promise<void> {
	await expect
		.poll(() => {
			const {oldestMs = 0, newestMs = 0} = session.store.span() ?? {};
			return newestMs - oldestMs;
		})
		.toBeGreaterThan(0);
	expect(nodeOf(session)).toMatchObject(USING);
}

describe('clocks', () => {
	test('the clock of ktop’s machine is set back by an hour', async ({task}) => {
		const clock = wallClock();
		const session = await openSession(flagsOf(await startKubelet()));
		await untilPast(session);
		clock.set(-HOUR_MS);
		const setMs = clock.now();
		await expect.poll(() => receivedAtMs(session)).toSatisfy((ms: number) => ms > setMs && ms <= clock.now());
		expect(nodeOf(session)).toMatchObject(USING);
		expect(session.seen().row).toBe('ok Nms');
		const {oldestMs = 0, newestMs = 0} = session.store.span() ?? {};
		expect(oldestMs).toBeLessThan(newestMs);
		expect(newestMs).toBeLessThanOrEqual(clock.now());
		expect(oldestMs).toBeGreaterThan(setMs - 60_000);
		report(
			task,
			'faults',
			'ok',
			'–',
			'reads on in its interval; charts move with the clock and have no hole',
		);
	});

	test('a node dies and the clock of ktop’s machine is set back by an hour', async ({task}) => {
		const clock = wallClock();
		const dying = await startKubelet(undefined, 'node-b');
		const session = await openSession(flagsOf(await startKubelet(), dying));
		const fresh = () => session.store.cluster('live', clock.now()).nodesRead;
		await expect.poll(fresh).toBe(2);
		await dying.close();
		clock.set(-HOUR_MS);
		const setMs = clock.now();
		await expect.poll(() => receivedAtMs(session)).toSatisfy((ms: number) => ms > setMs && ms <= clock.now());
		expect(fresh()).toBe(2);
		// Not an hour later.
		clock.set(60_000);
		await expect.poll(fresh).toBe(1);
		expect(nodeOf(session, 'node-b')).toMatchObject({sample: {state: 'failed'}});
		report(
			task,
			'faults',
			'refused',
			'refused',
			'its last figures leave the sums as soon as without the change',
		);
	});

	test('ktop’s machine is suspended for an hour', async ({task}) => {
		const clock = wallClock();
		const session = await openSession(flagsOf(await startKubelet()));
		await untilPast(session);
		clock.set(HOUR_MS);
		expect(nodeOf(session)).toMatchObject({sample: {state: 'stale'}});
		await expect.poll(() => nodeOf(session)).toMatchObject(USING);
		const [row] = session.store.view({level: 'nodes'}, 'live', clock.now()).rows;
		const window = {points: 4, stepMs: 1_200_000, endMs: clock.now()};
		const past = row && session.store.history(row, 'cpuCores', window);
		expect([...(past ?? [])].map(Number.isNaN)).toEqual([false, true, true, false]);
		report(
			task,
			'faults',
			'ok',
			'–',
			'stale until the next read, within its interval; charts have a gap of an hour',
		);
	});

	test.for([
		['ahead', HOUR_MS],
		['behind', -HOUR_MS],
	] as const)('the clock of a node is an hour %s', async ([, offsetMs], {task}) => {
		const session = await openSession(flagsOf(await startKubelet(() => Date.now() + offsetMs)));
		await expect.poll(() => nodeOf(session)).toMatchObject(USING);
		expect(nodeOf(session)).toMatchObject({sample: {ageSeconds: expect.closeTo(0, 0)}});
		report(task, 'faults', 'ok', '–', 'live: ages are by ktop’s clock, rates by the node’s');
	});

	test('the clock of a node is set back by an hour', async ({task}) => {
		let offsetMs = 0;
		const session = await openSession(flagsOf(await startKubelet(() => Date.now() + offsetMs)));
		await expect.poll(() => nodeOf(session)).toMatchObject(USING);
		offsetMs = -HOUR_MS;
		const setMs = Date.now();
		await expect.poll(() => receivedAtMs(session)).toBeGreaterThan(setMs);
		expect(nodeOf(session)).toMatchObject(USING);
		report(task, 'faults', 'ok', '–', 'the last figures stay for one sample, then all begins anew');
	});

	test('the clock of a node goes back and forth with each sample', async ({task}) => {
		let turn = 0;
		const clockMs = (): number => Date.now() + (turn++ % 2 === 0 ? 0 : -HOUR_MS);
		const session = await openSession(flagsOf(await startKubelet(clockMs)));
		for (let sample = 0; sample < 3; sample++) {
			const before = receivedAtMs(session);
			await expect.poll(() => receivedAtMs(session)).toBeGreaterThan(before);
			expect(nodeOf(session)).toMatchObject(USING);
		}

		report(task, 'faults', 'ok', '–', 'every other sample counts, no spike');
	});

	test('the clock is set back by an hour under ktop --json --watch', async ({task}) => {
		let ktop: ChildProcess | undefined;
		let requests = 0;
		const kubelet = await startKubelet(undefined, 'node-a', async () => {
			// In the middle of a round, which ends by the other clock than it began.
			if (++requests === 2) {
				ktop?.kill('SIGUSR2');
				await setTimeout(50);
			}
		});
		const {stdout, stderr, exitCode} = await runKtop([...flagsOf(kubelet), '--json', '-w', '--count', '4'], {
			environment: {NODE_OPTIONS: `--import ${join(import.meta.dirname, 'set-clock.mjs')}`},
			onStart: child => {
				ktop = child;
			},
		});
		const snapshots: ReadonlyArray<{readonly nodes: readonly unknown[]; readonly time: string}> = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		expect([exitCode, stderr]).toEqual([0, '']);
		expect(snapshots.map(({nodes}) => nodes[0])).toMatchObject([USING, USING, USING, USING]);
		const [first, , , last] = snapshots.map(({time}) => Date.parse(time));
		expect((last ?? 0) - (first ?? 0)).toBeLessThan(-HOUR_MS / 2);
		report(task, 'faults', 'ok', '–', 'prints on in its interval, with the new time');
	});

	// While it waits for a round, as it does most of the time.
	test.for([
		['the clock is set back by an hour under ktop record', 'SIGUSR2', -HOUR_MS],
		['ktop’s machine is suspended for an hour under ktop record', 'SIGWINCH', HOUR_MS],
	] as const)('%s', async ([, signal, byMs], {task}) => {
		const kubelet = await startKubelet();
		const store = await startFailingStore('k8s', undefined);
		onTestFinished(store.close);
		const spool = mkdtempSync(join(tmpdir(), 'ktop-clock-'));
		const rounds = async () => [...(await store.timesOf('cpu/usage_rate'))];
		let printed = '';
		const {exitCode} = await runKtop(
			[
				...[
					'record',
					'--source',
					`kubelet:${kubelet.origin}`,
					'--interval',
					'2s',
					'--sink',
					`influxdb:${store.url}?db=k8s&spool=${spool}`,
				],
				...['--listen', '127.0.0.1:0'],
			],
			{
				environment: {NODE_OPTIONS: `--import ${join(import.meta.dirname, 'set-clock.mjs')}`},
				onStart(ktop) {
					ktop.stderr?.on('data', (text: string) => {
						printed += text;
					});
					void (async () => {
						await expect.poll(async () => (await rounds()).length).toBeGreaterThan(1);
						ktop.kill(signal);
						const isAfter = (time: number) => Math.abs(time - Date.now() - byMs) < HOUR_MS / 2;
						await expect.poll(async () => (await rounds()).filter(isAfter).length).toBeGreaterThan(1);
						const url = `http://127.0.0.1:${/on port (\d+):/.exec(printed)?.[1]}/healthz`;
						expect((await fetch(url)).status).toBe(200);
						ktop.kill('SIGTERM');
					})();
				},
			},
		);
		expect([exitCode, printed]).toEqual([143, expect.stringMatching(/ 0 failed reads [^\n]*\n$/)]);
		const times = await rounds();
		expect(times.filter(time => time % 1000 !== 0)).toEqual([]);
		// None of the time between: what was read after it was set is of after it.
		expect(
			times.filter(
				time => Math.min(Math.abs(time - Date.now()), Math.abs(time - Date.now() - byMs)) > 60_000,
			),
		).toEqual([]);
		report(
			task,
			'faults',
			'–',
			'–',
			'records on in its interval with the new time, and is healthy; no read fails',
		);
	});
});
