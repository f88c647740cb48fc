import {Worker} from 'node:worker_threads';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {ClientCertificate} from '../../../source/http/endpoint.ts';
import {type KubeletCredentials, openKubelet} from '../../../source/scrape/kubelet/open-kubelet.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import type {Scrape} from '../../../source/scrape/target.ts';
import {visit} from '../../../source/scrape/visit.ts';
import {KubeletWorkers, type KubeletWorkersOptions} from '../../../source/scrape/workers/kubelet-workers.ts';
import {startThread} from '../../../source/scrape/workers/start-thread.ts';
import {pem, tlsOf} from '../../http/test-server.ts';
import {ALL_ROUTES, type RecordedOptions, startRecordedKubelet} from '../kubelet/recorded-kubelet.ts';
import {context} from '../scrape-context.ts';

const TOKEN = 'let-me-in';

async function openServer(options: RecordedOptions = {}) {
	const server = await startRecordedKubelet({tls: tlsOf('server-ip'), token: TOKEN, ...options});
	onTestFinished(server.close);
	return server;
}

/** Workers for however few kubelets, and the threads that they have started. */
function openWorkers(options: KubeletWorkersOptions = {}) {
	const threads: Worker[] = [];
	const workers = new KubeletWorkers({
		kubeletsAWorker: 1,
		mostWorkers: 1,
		async startThread() {
			const thread = await startThread();
			threads.push(thread);
			return thread;
		},
		...options,
	});
	onTestFinished(() => workers.stop());
	return {workers, threads};
}

const siteOf = (origin: string, ca = 'ca.crt') => ({origin, via: 'direct', tls: {ca: pem(ca)}}) as const;
const KNOWN: KubeletCredentials = {authorization: async () => `Bearer ${TOKEN}`};

const failureOf = async (promise: Promise<unknown>) =>
	promise.then(
		() => 'it worked',
		error => error,
	);

/** Without what differs between any two scrapes. */
const comparable = ({readings, ...head}: Scrape) => ({
	...head,
	latencyMs: undefined,
	readings: readings.map(reading => ({...reading, receivedAtMs: undefined})),
});

describe('a kubelet that is read by a worker', () => {
	test('over TLS with a token gives the readings that it gives to this thread', async () => {
		const server = await openServer({answers: {...ALL_ROUTES, '/stats/summary': 'summary-1.json'}});
		const {workers, threads} = openWorkers();
		const there = workers.open(siteOf(server.origin), KNOWN, Date.now);
		const here = openKubelet(siteOf(server.origin), KNOWN, Date.now);
		onTestFinished(here.close);
		const expected = comparable(await here.read(context()));
		expect(comparable(await there.read(context()))).toStrictEqual(expected);
		expect(comparable(await there.read(context()))).toStrictEqual(expected);
		expect(threads).toHaveLength(1);
		// One connection each: the worker's was kept for its second read.
		expect(server.connections()).toBe(2);
	});

	test('is asked for CPU and memory alone where they are enough', async () => {
		const server = await openServer();
		const {workers} = openWorkers();
		const kubelet = workers.open(siteOf(server.origin), KNOWN, Date.now);
		const {readings, route} = await kubelet.read(context({restHoldsMs: 7}));
		expect(readings).toMatchObject([{restHoldsMs: 7}]);
		expect(route).toMatchObject({endpoint: 'cpu+mem'});
		expect(server.requests).toEqual(['/stats/summary?only_cpu_and_memory=true']);
	});

	test('gets the credentials of the moment: a token and a certificate that have changed', async () => {
		const server = await openServer({
			tls: {...tlsOf('server-ip'), ca: pem('ca.crt'), requestCert: true, rejectUnauthorized: true},
		});
		const {workers} = openWorkers();
		let token = 'expired';
		let certificate: ClientCertificate | undefined;
		const kubelet = workers.open(
			siteOf(server.origin),
			{authorization: async () => `Bearer ${token}`, clientCertificate: async () => certificate},
			Date.now,
		);
		expect(await failureOf(kubelet.read(context()))).toMatchObject({code: 'tls-client-certificate'});
		certificate = {certificate: pem('client.crt'), key: pem('client.key')};
		expect(await failureOf(kubelet.read(context()))).toMatchObject({code: 'unauthorized'});
		token = TOKEN;
		expect(await kubelet.read(context())).toMatchObject({route: {endpoint: 'summary'}});
	});

	test.each([
		[
			'with no right to its stats or metrics',
			{'/stats/summary': '403-no-rights-stats-summary.txt'},
			'ca.crt',
		],
		['that has no such path', {}, 'ca.crt'],
		['with a certificate by somebody else', ALL_ROUTES, 'other-ca.crt'],
		['that sends what is no summary', {'/stats/summary': {status: 200, text: '{'}}, 'ca.crt'],
	] as const)('%s fails as it does in this thread', async (_, answers, ca) => {
		const server = await openServer({answers});
		const site = siteOf(server.origin, ca);
		const {workers} = openWorkers();
		const here = openKubelet(site, KNOWN, Date.now);
		onTestFinished(here.close);
		const expected = await failureOf(here.read(context()));
		expect(expected).toMatchObject({name: 'KtopError'});
		const failure = await failureOf(workers.open(site, KNOWN, Date.now).read(context()));
		expect(failure.toFailure()).toEqual(expected.toFailure());
	});

	test('says why a better endpoint is not used', async () => {
		const server = await openServer({
			answers: {...ALL_ROUTES, '/stats/summary': '403-no-rights-stats-summary.txt'},
		});
		const {workers} = openWorkers();
		const scrape = await workers.open(siteOf(server.origin), KNOWN, Date.now).read(context());
		expect(scrape).toMatchObject({route: {endpoint: 'resource'}, degraded: {code: 'forbidden'}});
	});

	test('that does not answer is given up in time, in the words of this thread', async () => {
		const server = await openServer({answers: {'/stats/summary': 'hang'}});
		const {workers} = openWorkers();
		const target = kubeletTarget({
			url: server.origin,
			tls: {ca: pem('ca.crt')},
			authorization: KNOWN.authorization,
			open: workers.open,
		});
		const failure = await failureOf(visit(target, {timeoutMs: 3000, signal: new AbortController().signal}));
		expect(failure).toMatchObject({code: 'timeout', message: expect.stringContaining('did not answer')});
	});

	test('is let go when the scrape is aborted', async () => {
		const server = await openServer({answers: {'/stats/summary': 'hang'}});
		const {workers} = openWorkers();
		const abort = new AbortController();
		const read = workers.open(siteOf(server.origin), KNOWN, Date.now).read(context({signal: abort.signal}));
		await expect.poll(() => server.requests).toEqual(['/stats/summary']);
		abort.abort();
		expect(await failureOf(read)).toMatchObject({code: 'aborted'});
	});

	test('that the user opens during the scrape is read for throttling too', async () => {
		const server = await openServer({
			answers: {...ALL_ROUTES, '/metrics/cadvisor': 'metrics-cadvisor-1.prom'},
		});
		const {workers} = openWorkers();
		const kubelet = workers.open(siteOf(server.origin), KNOWN, Date.now);
		const scrape = await kubelet.read(context({isViewed: () => server.requests.length > 0}));
		expect(server.requests).toContain('/metrics/cadvisor');
		expect(
			scrape.readings.flatMap(({containers}) => containers).some(({cpu}) => cpu?.throttling),
		).toBeTruthy();
	});
});

describe('workers', () => {
	test('are not started for few kubelets', async () => {
		const server = await openServer();
		const {workers, threads} = openWorkers({kubeletsAWorker: 3});
		const kubelets = [1, 2].map(() => workers.open(siteOf(server.origin), KNOWN, Date.now));
		onTestFinished(async () => {
			await Promise.all(kubelets.map(({close}) => close()));
		});
		for (const kubelet of kubelets) {
			expect(await kubelet.read(context())).toMatchObject({route: {endpoint: 'summary'}});
		}

		expect(threads).toHaveLength(0);
	});

	test('take over a kubelet that was read before the others were listed', async () => {
		const server = await openServer();
		const {workers, threads} = openWorkers({kubeletsAWorker: 2});
		const first = workers.open(siteOf(server.origin), KNOWN, Date.now);
		await first.read(context());
		expect(threads).toHaveLength(0);
		workers.open(siteOf(server.origin), KNOWN, Date.now);
		await first.read(context());
		expect(threads).toHaveLength(1);
		await expect.poll(server.openConnections).toBe(1);
	});

	test('read the first kubelet of a cluster that is known to have many', async () => {
		const server = await openServer();
		const {workers, threads} = openWorkers({kubeletsAWorker: 2});
		await workers.open({...siteOf(server.origin), ofKubelets: 2}, KNOWN, Date.now).read(context());
		expect(threads).toHaveLength(1);
	});

	test('share the kubelets, as many workers as there may be', async () => {
		const server = await openServer();
		const {workers, threads} = openWorkers({mostWorkers: 2});
		const kubelets = [1, 2, 3, 4].map(() => workers.open(siteOf(server.origin), KNOWN, Date.now));
		await Promise.all(kubelets.map(({read}) => read(context())));
		expect(threads).toHaveLength(2);
		expect(workers.workerCount).toBe(2);
	});

	test('read the last kubelets too, where each is closed as soon as it is read', async () => {
		const server = await openServer();
		const {workers, threads} = openWorkers({kubeletsAWorker: 2});
		const kubelets = [1, 2, 3].map(() => workers.open(siteOf(server.origin), KNOWN, Date.now));
		for (const kubelet of kubelets) {
			await kubelet.read(context());
			await kubelet.close();
			await kubelet.close();
		}

		await workers.open(siteOf(server.origin), KNOWN, Date.now).read(context());
		expect(threads).toHaveLength(1);
		expect(server.requests).toHaveLength(4);
	});

	test('that die fail their own scrapes once, and are followed by others', async () => {
		const hung = await openServer({answers: {...ALL_ROUTES, '/stats/summary': ['summary-1.json', 'hang']}});
		const well = await openServer();
		const {workers, threads} = openWorkers({mostWorkers: 2});
		const [first, second] = [hung, well].map(({origin}) => workers.open(siteOf(origin), KNOWN, Date.now));
		const reads = () => Promise.all([first?.read(context()), second?.read(context())]);
		await reads();
		const pending = first?.read(context());
		await expect.poll(() => hung.requests.length).toBe(2);
		// The first thread was started for the first read.
		const [hanging] = threads;
		await hanging?.terminate();
		expect(await failureOf(Promise.resolve(pending))).toMatchObject({
			code: 'aborted',
			brief: 'reader restarted',
		});
		hung.answers['/stats/summary'] = 'summary-1.json';
		expect(await reads()).toMatchObject([{route: {kind: 'kubelet'}}, {route: {kind: 'kubelet'}}]);
		expect(threads).toHaveLength(3);
		expect(workers.workerCount).toBe(2);
	});

	test('that cannot be started leave their kubelets to this thread', async () => {
		const server = await openServer();
		let starts = 0;
		const {workers} = openWorkers({
			startThread: async () => {
				starts++;
				return new Worker('throw new Error("no threads here")', {eval: true});
			},
		});
		const kubelet = workers.open(siteOf(server.origin), KNOWN, Date.now);
		onTestFinished(kubelet.close);
		const attempts: unknown[] = [];
		for (let attempt = 0; attempt < 4; attempt++) {
			attempts.push(await failureOf(kubelet.read(context())));
		}

		expect(attempts.slice(0, 3)).toMatchObject(
			Array.from({length: 3}, () => ({
				code: 'aborted',
				message: expect.stringContaining('no threads here'),
			})),
		);
		expect(attempts[3]).toBe('it worked');
		expect(starts).toBe(3);
	});

	test('end when they are stopped', async () => {
		const server = await openServer();
		const {workers, threads} = openWorkers();
		await workers.open(siteOf(server.origin), KNOWN, Date.now).read(context());
		await workers.stop();
		expect(threads.map(({threadId}) => threadId)).toEqual([-1]);
		expect(workers.workerCount).toBe(0);
	});
});
