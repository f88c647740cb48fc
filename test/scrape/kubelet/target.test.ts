import {connect} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {parseRoute, routeText} from '../../../source/metrics/model/route.ts';
import {type KubeletOptions, kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import {startRaw} from '../../http/raw-server.ts';
import {pem, tlsOf} from '../../http/test-server.ts';
import type {RecordedOptions} from '../recorded-server.ts';
import {context} from '../scrape-context.ts';
import {ALL_ROUTES, startRecordedKubelet} from './recorded-kubelet.ts';

const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

async function kubeletOf(server: RecordedOptions = {}, options: Partial<KubeletOptions> = {}) {
	const kubelet = await startRecordedKubelet(server);
	const target = kubeletTarget({url: kubelet.origin, now: () => 42, ...options});
	cleanUps.push(kubelet.close, target.close);
	return {kubelet, target};
}

const failureOf = async (promise: Promise<unknown>) =>
	promise.then(
		() => 'it worked',
		error => error,
	);

describe('a kubelet', () => {
	test('is read by its summary, over TLS with a token', async () => {
		const {kubelet, target} = await kubeletOf(
			{tls: tlsOf('server-ip'), token: 'let-me-in'},
			{tls: {ca: pem('ca.crt')}, authorization: async () => 'Bearer let-me-in'},
		);
		const scrape = await target.scrape(context());
		expect(scrape).toMatchObject({route: parseRoute('summary'), degraded: undefined});
		expect(scrape.readings).toMatchObject([{nodeName: 'node-a', receivedAtMs: 42}]);
		expect(kubelet.requests).toEqual(['/stats/summary']);
	});

	test('is asked with GET and nothing else', async () => {
		const {kubelet, target} = await kubeletOf({
			answers: {...ALL_ROUTES, '/stats/summary': {status: 500, text: 'Internal Error'}},
		});
		await target.scrape(context());
		expect([...kubelet.methods]).toEqual(['GET']);
	});

	test('may stand behind a path', async () => {
		const {kubelet, target} = await kubeletOf({answers: {'/nodes/a/stats/summary': 'summary-1.json'}});
		const behind = kubeletTarget({url: `${kubelet.origin}/nodes/a`});
		cleanUps.push(behind.close);
		expect(routeText((await behind.scrape(context())).route)).toBe('summary');
		expect(behind.id).not.toBe(target.id);
	});

	test('that fails on its file systems is read for CPU and memory, and says so', async () => {
		const {kubelet, target} = await kubeletOf({
			answers: {
				...ALL_ROUTES,
				'/stats/summary': {status: 500, text: 'Internal Error: failed to get imageFs stats'},
			},
		});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('summary cpu+mem'),
			degraded: {code: 'server-error', message: expect.stringContaining('failed to get imageFs stats')},
		});
		kubelet.requests.length = 0;
		await target.scrape(context());
		expect(kubelet.requests).toEqual(['/stats/summary?only_cpu_and_memory=true']);
	});

	test('that forbids its stats is read by its resource metrics, without asking for stats twice', async () => {
		const {kubelet, target} = await kubeletOf({
			answers: {...ALL_ROUTES, '/stats/summary': '403-no-rights-stats-summary.txt'},
		});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('resource'),
			degraded: {code: 'forbidden', brief: '403 needs nodes/stats'},
		});
		expect(kubelet.requests).toEqual(['/stats/summary', '/metrics/resource']);
	});

	test('is tried by its best route again after thirty visits', async () => {
		const {kubelet, target} = await kubeletOf({
			answers: {...ALL_ROUTES, '/stats/summary': {status: 500, text: 'not now'}},
		});
		await target.scrape(context());
		kubelet.answers['/stats/summary'] = 'summary-1.json';
		const routes: string[] = [];
		for (let visit = 0; visit < 31; visit++) {
			routes.push(routeText((await target.scrape(context())).route));
		}

		expect(routes.indexOf('summary')).toBe(30);
	});

	test('whose remembered route breaks is tried by all of them at the next visit', async () => {
		const {kubelet, target} = await kubeletOf({
			answers: {...ALL_ROUTES, '/stats/summary': {status: 500, text: 'not now'}},
		});
		await target.scrape(context());
		kubelet.answers['/stats/summary'] = 'summary-1.json';
		kubelet.answers['/stats/summary?only_cpu_and_memory=true'] = {status: 500, text: 'now this'};
		kubelet.answers['/metrics/resource'] = {status: 500, text: 'and this'};
		expect(await failureOf(target.scrape(context()))).toMatchObject({code: 'server-error'});
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('summary'), degraded: undefined});
	});

	test('whose summary hangs twice is read by the next route, and says so', async () => {
		const {kubelet, target} = await kubeletOf({answers: {...ALL_ROUTES, '/stats/summary': 'hang'}});
		expect(await failureOf(target.scrape(context({timeoutMs: 1000})))).toMatchObject({code: 'timeout'});
		expect(await failureOf(target.scrape(context({timeoutMs: 1000})))).toMatchObject({code: 'timeout'});
		expect(await target.scrape(context({timeoutMs: 1000}))).toMatchObject({
			route: parseRoute('summary cpu+mem'),
			degraded: {code: 'timeout'},
		});
		expect(kubelet.requests).toEqual([
			'/stats/summary',
			'/stats/summary',
			'/stats/summary?only_cpu_and_memory=true',
		]);
	});

	test('is visited within the time allowed, however many routes it takes', async () => {
		const slow = {status: 500, text: 'Internal Error'};
		const {kubelet, target} = await kubeletOf({
			delayMs: 800,
			answers: {'/stats/summary': slow, '/stats/summary?only_cpu_and_memory=true': slow},
		});
		expect(await failureOf(target.scrape(context({timeoutMs: 2000})))).toMatchObject({code: 'timeout'});
		expect(kubelet.requests).toContain('/metrics/resource');
	});

	test('may send its metrics gzipped', async () => {
		const {target} = await kubeletOf({answers: {'/metrics/resource': 'metrics-resource-gzip.prom.gz'}});
		const {readings, route} = await target.scrape(context());
		expect(routeText(route)).toBe('resource');
		// `zcat | grep -c ^container_cpu` counts them.
		expect(readings[0]?.containers).toHaveLength(24);
	});
});

describe('a kubelet that cannot be read', () => {
	test.each([
		['401-bad-token.txt', 'unauthorized', '401 unauthorized', /--token-file/],
		['401-anonymous.txt', 'unauthorized', '401 unauthorized', /webhook token authentication/],
		[
			'403-no-rights-stats-summary.txt',
			'forbidden',
			'403 needs nodes/stats',
			/"nodes\/stats"\], verbs \["get"\]/,
		],
		['403-pods-only-summary.txt', 'forbidden', '403 needs nodes/stats', /ClusterRole/],
		['403-client-cert-nobody.txt', 'forbidden', '403 needs nodes/stats', /ClusterRole/],
		[
			'403-anonymous-enabled-stats-summary.txt',
			'forbidden',
			'403 needs nodes/stats',
			/webhook token authentication is off/,
		],
		['stats-404.txt', 'not-found', '404 /stats/summary', /port 10250/],
		['http-to-https-port-400.txt', 'bad-answer', 'requires https', /https:\/\//],
		['readonly-runningpods.txt', 'unsupported', '405 disabled', /enableDebuggingHandlers/],
		['checkpoint-307.txt', 'bad-answer', '307 redirect', /address/],
	])('says why after %s', async (name, code, brief, hint) => {
		const {target} = await kubeletOf({
			answers: {
				'/stats/summary': name,
				'/stats/summary?only_cpu_and_memory=true': name,
				'/metrics/resource': name,
			},
		});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			name: 'KtopError',
			code,
			brief,
			hint: expect.stringMatching(hint),
		});
	});

	test('names the user that lacks the right, as the kubelet knows it', async () => {
		const {target} = await kubeletOf({
			answers: {
				'/stats/summary': '403-no-rights-stats-summary.txt',
				'/metrics/resource': '403-no-rights-metrics-resource.txt',
			},
		});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			message: expect.stringContaining('forbids system:serviceaccount:ops:no-rights to get nodes/stats'),
		});
	});

	test.each([
		[405, 'Debug endpoints are disabled.', 'unsupported', '405 disabled'],
		[429, 'slow down', 'throttled', '429 throttled'],
		[503, 'later', 'server-error', 'error 503'],
	])('says why after %d', async (status, text, code, brief) => {
		const answer = {status, text};
		const {target} = await kubeletOf({
			answers: {
				'/stats/summary': answer,
				'/stats/summary?only_cpu_and_memory=true': answer,
				'/metrics/resource': answer,
			},
		});
		expect(await failureOf(target.scrape(context()))).toMatchObject({code, brief});
	});

	test('is not asked for more when the trouble is the connection or the credentials', async () => {
		const {kubelet, target} = await kubeletOf({token: 'right'}, {authorization: async () => 'Bearer wrong'});
		const error = await failureOf(target.scrape(context()));
		expect(error).toMatchObject({code: 'unauthorized'});
		expect(kubelet.requests).toHaveLength(1);
		expect(JSON.stringify(error)).not.toContain('wrong');
	});

	test('for its certificate fails at the handshake', async () => {
		const {kubelet, target} = await kubeletOf({tls: tlsOf('server-hostname')}, {tls: {ca: pem('ca.crt')}});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			code: 'tls-name-mismatch',
			brief: 'tls: no IP SAN',
		});
		expect(kubelet.requests).toEqual([]);
	});

	test('because it hangs in the TLS handshake keeps its best route', async () => {
		const kubelet = await startRecordedKubelet({tls: tlsOf('server-ip')});
		let isSilent = true;
		const front = await startRaw(socket => {
			if (!isSilent) {
				const behind = connect(Number(new URL(kubelet.origin).port), '127.0.0.1');
				socket.pipe(behind).pipe(socket);
			}
		});
		const target = kubeletTarget({
			url: `https://${front.address}`,
			tls: {ca: pem('ca.crt')},
		});
		cleanUps.push(target.close, kubelet.close, front.close);
		for (let visit = 0; visit < 3; visit++) {
			expect(await failureOf(target.scrape(context({timeoutMs: 1000})))).toMatchObject({code: 'timeout'});
		}

		isSilent = false;
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('summary'), degraded: undefined});
	});

	test('is given up when the visit is over', async () => {
		const {target} = await kubeletOf({answers: {'/stats/summary': 'hang'}});
		const abort = new AbortController();
		setTimeout(() => abort.abort(), 30);
		expect(await failureOf(target.scrape(context({signal: abort.signal})))).toMatchObject({code: 'aborted'});
	});
});
