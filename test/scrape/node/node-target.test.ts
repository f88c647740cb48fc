import {describe, expect, test} from 'vitest';
import type {Failure} from '../../../source/metrics/model/failure.ts';
import {parseRoute, routeText} from '../../../source/metrics/model/route.ts';
import type {ReachableNode} from '../../../source/scrape/node/cluster-routes.ts';
import type {Scrape} from '../../../source/scrape/target.ts';
import {startRaw} from '../../http/raw-server.ts';
import {pem, tlsOf} from '../../http/test-server.ts';
import {ALL_ROUTES, startRecordedKubelet} from '../kubelet/recorded-kubelet.ts';
import type {RecordedAnswer} from '../recorded-server.ts';
import {context} from '../scrape-context.ts';
import {
	CLOSED_PORT,
	failureOf,
	nodeOf,
	openApi,
	openKubelet,
	openNode,
	openReadOnlyPort,
	PROXIED,
	PROXIED_CADVISOR,
	PROXIED_LESS,
	PROXIED_RESOURCE,
	routesOf,
	targetOf,
} from './cluster.ts';

const FORBIDDEN: RecordedAnswer = '403-no-rights-stats-summary.txt';
const ALL_FORBIDDEN = {'/stats/summary': FORBIDDEN, '/metrics/resource': FORBIDDEN};

const METRICS: Readonly<Record<string, RecordedAnswer>> = {
	'/apis/metrics.k8s.io/v1beta1/nodes': {
		status: 200,
		type: 'application/json',
		text: '{"items":[{"metadata":{"name":"node-a"},"timestamp":"2026-11-23T09:29:44Z","usage":{"cpu":"1","memory":"1Ki"}}]}',
	},
	'/apis/metrics.k8s.io/v1beta1/pods': {status: 200, type: 'application/json', text: '{"items":[]}'},
};

describe('a node', () => {
	test('is read directly, by its host name’s certificate and with the token', async () => {
		const kubelet = await openKubelet();
		const api = await openApi();
		const target = openNode({kubelet, api});
		const scrape = await target.scrape(context());
		expect(target).toMatchObject({id: 'node:node-a', name: 'node-a'});
		expect(scrape).toMatchObject({route: parseRoute('summary'), degraded: undefined});
		expect(scrape.readings).toMatchObject([{nodeName: 'node-a', receivedAtMs: 42}]);
		expect(api.requests).toEqual([]);
	});

	test('has routes from its first read on, and none to close before', async () => {
		const kubelet = await openKubelet();
		const routes = routesOf({kubelet});
		let made = 0;
		let closed = 0;
		const counting = {
			...routes,
			routesTo(node: ReachableNode) {
				made++;
				const {routes: all, excluded} = routes.routesTo(node);
				const [first, ...others] = all.map(route => ({
					...route,
					read: route.read.bind(route),
					close: async () => {
						closed++;
						await route.close();
					},
				}));
				return {routes: first === undefined ? [] : [first, ...others], excluded};
			},
		};
		await targetOf(nodeOf(kubelet), counting).close();
		const target = targetOf(nodeOf(kubelet), counting);
		expect([made, closed]).toEqual([0, 0]);
		await target.scrape(context());
		await target.scrape(context());
		expect([made, closed]).toEqual([1, 0]);
		await target.close();
		expect(closed).toBeGreaterThan(0);
	});

	test('is read directly with a client certificate', async () => {
		const tls = {...tlsOf('server-ip'), ca: pem('ca.crt'), requestCert: true, rejectUnauthorized: true};
		const kubelet = await startRecordedKubelet({tls});
		const certificate = {certificate: pem('client.crt'), key: pem('client.key')};
		const options = {kubeletTls: {ca: pem('ca.crt'), serverName: 'localhost'}};
		const known = openNode({
			kubelet,
			options: {
				...options,
				kubeletCredentials: {authorization: undefined, clientCertificate: async () => certificate},
			},
		});
		const unknown = openNode({
			kubelet,
			options: {...options, kubeletCredentials: {authorization: undefined, clientCertificate: undefined}},
		});
		expect(await known.scrape(context())).toMatchObject({route: parseRoute('summary')});
		expect(await failureOf(unknown.scrape(context()))).toMatchObject({code: 'tls-client-certificate'});
		await kubelet.close();
	});

	test('is verified by the given server name rather than its own', async () => {
		const target = openNode({
			kubelet: await openKubelet(),
			options: {kubeletTls: {ca: pem('ca.crt'), serverName: 'another'}},
		});
		expect(await failureOf(target.scrape(context()))).toMatchObject({code: 'tls-name-mismatch'});
	});

	test('keeps to the routes of its kubelet where one of them works', async () => {
		const kubelet = await openKubelet({answers: {...ALL_ROUTES, '/stats/summary': FORBIDDEN}});
		const target = openNode({
			kubelet,
			api: await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}}),
		});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('resource'),
			degraded: {brief: '403 needs nodes/stats'},
		});
	});

	test('has no figures where its address leads to the kubelet of another node', async () => {
		const listed = new Set(['node-b']);
		const options = {isListed: (name: string) => listed.has(name)};
		const target = openNode({kubelet: await openKubelet(), options}, {name: 'node-b'});
		// A name that no node has: a kubelet may call itself as its host.
		expect(await target.scrape(context())).toMatchObject({readings: [{nodeName: 'node-a'}]});
		listed.add('node-a');
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			code: 'bad-answer',
			brief: 'another node',
			message: 'the address of node node-b leads to the kubelet of node node-a',
		});
	});

	test('is read by the proxy of the API server where that leads to its own kubelet', async () => {
		const proxied = '/api/v1/nodes/node-b/proxy/stats/summary';
		const summary = {status: 200, type: 'application/json', text: '{"node":{"nodeName":"node-b"},"pods":[]}'};
		const target = openNode(
			{
				kubelet: await openKubelet(),
				api: await openApi({answers: {[proxied]: summary}}),
				options: {isListed: () => true},
			},
			{name: 'node-b'},
		);
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: {brief: 'another node'},
		});
	});

	test('may share a kubelet if it is virtual', async () => {
		const target = openNode(
			{
				api: await openApi({
					answers: {'/api/v1/nodes/node-b/proxy/stats/summary': 'proxy-stats-summary.json'},
				}),
				options: {isListed: () => true},
			},
			{name: 'node-b', isVirtual: true},
		);
		expect(await target.scrape(context())).toMatchObject({readings: [{nodeName: 'node-a'}]});
	});

	test('may serve its resource metrics elsewhere', async () => {
		const kubelet = await openKubelet({
			answers: {'/stats/summary': FORBIDDEN, '/metrics/elsewhere': 'metrics-resource-1.prom'},
		});
		const target = openNode({kubelet}, {metricsPath: '/metrics/elsewhere'});
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('resource')});
		expect(kubelet.requests).toEqual(['/stats/summary', '/metrics/elsewhere']);
	});

	test('may serve them elsewhere behind the proxy too', async () => {
		const api = await openApi({
			answers: {'/api/v1/nodes/node-a/proxy/metrics/elsewhere': 'proxy-metrics-resource.prom'},
		});
		const target = openNode({api}, {metricsPath: '/metrics/elsewhere'});
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('proxy resource')});
	});
});

describe('the read-only port', () => {
	test.each([
		['forbids', {answers: ALL_FORBIDDEN}, 'forbidden'],
		['does not know the token', {token: 'another'}, 'unauthorized'],
		['has a certificate of nobody', {tls: tlsOf('server-expired')}, 'tls-expired'],
	])('is read where the kubelet %s', async (_what, options, code) => {
		const readOnly = await openReadOnlyPort();
		const target = openNode({kubelet: await openKubelet(options), readOnly});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('read-only summary'),
			degraded: {code},
		});
	});

	test('is read where nothing listens on the other', async () => {
		const target = openNode({readOnly: await openReadOnlyPort()});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('read-only summary'),
			degraded: {code: 'refused'},
		});
	});

	test('receives no credentials', async () => {
		const readOnly = await openReadOnlyPort();
		const target = openNode({kubelet: await openKubelet({answers: ALL_FORBIDDEN}), readOnly});
		await target.scrape(context());
		expect(readOnly.received).toHaveLength(1);
		expect(JSON.stringify(readOnly.received)).not.toMatch(/authorization|let-me-in/i);
	});

	test('is not tried where nobody answered at that address', async () => {
		const readOnly = await openReadOnlyPort();
		const silent = await startRaw(() => {});
		const kubeletPort = Number(silent.address.split(':')[1]);
		const target = openNode({readOnly, options: {timeoutMs: 300}}, {kubeletPort});
		expect(await failureOf(target.scrape(context({timeoutMs: 300})))).toMatchObject({code: 'timeout'});
		await silent.close();
		expect(readOnly.requests).toEqual([]);
	});
});

describe('the proxy of the API server', () => {
	test('is taken where the kubelet cannot be read, and the reason is kept', async () => {
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const scrape = await openNode({api}).scrape(context());
		expect(scrape).toMatchObject({route: parseRoute('proxy summary'), degraded: {code: 'refused'}});
		expect(scrape.readings).toMatchObject([{nodeName: 'node-a'}]);
		// `jq '.pods | length'` counts them.
		expect(scrape.readings[0]?.pods).toHaveLength(17);
	});

	test('leads to the kubelet’s other routes too', async () => {
		const api = await openApi({
			answers: {
				[PROXIED]: {status: 500, text: 'Internal Error: failed to get imageFs stats'},
				[PROXIED_LESS]: {status: 500, text: 'Internal Error'},
				[PROXIED_RESOURCE]: 'proxy-metrics-resource.prom',
			},
		});
		const target = openNode({api, options: {via: 'proxy'}});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy resource'),
			degraded: {code: 'server-error', message: expect.stringContaining('failed to get imageFs stats')},
		});
	});

	test.each<[string, RecordedAnswer, object]>([
		[
			'may not be used',
			'403-no-rights-proxy-summary.json',
			{code: 'forbidden', brief: '403 needs nodes/proxy', hint: expect.stringContaining('nodes/proxy')},
		],
		[
			'does not reach the kubelet',
			'503-proxy-kubelet-down-summary.json',
			{code: 'unreachable', brief: '503 node unreachable'},
		],
		[
			'knows no such node',
			'proxy-node-unknown-404.json',
			{code: 'not-found', message: expect.stringContaining('nodes "nope" not found')},
		],
		['knows nobody of that token', '401-bad-token.json', {code: 'unauthorized'}],
		[
			'is busy',
			{status: 429, text: 'Too many requests, please try again later.'},
			{code: 'throttled', message: expect.stringContaining('read node node-a through the proxy: 429')},
		],
	])('says so where it %s, and asks nothing more', async (_what, answer, failure) => {
		const api = await openApi({answers: {[PROXIED]: answer}});
		const target = openNode({api, options: {via: 'proxy'}});
		expect(await failureOf(target.scrape(context()))).toMatchObject(failure);
		expect(api.requests.filter(path => path.startsWith('/api/'))).toEqual([PROXIED]);
	});

	test('hands on what the kubelet itself says', async () => {
		const target = openNode({
			api: await openApi({
				answers: {
					[PROXIED]: {
						status: 403,
						text: 'Forbidden (user=proxy, verb=get, resource=nodes, subresource=[stats])',
					},
				},
			}),
			options: {via: 'proxy'},
		});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			code: 'forbidden',
			brief: '403 needs nodes/stats',
			message: expect.stringContaining('forbids proxy to get nodes/stats'),
		});
	});

	test('carries eight requests at once and no more', async () => {
		const names = Array.from({length: 20}, (_, index) => `n${index}`);
		const api = await openApi({
			delayMs: 400,
			answers: Object.fromEntries(
				names.map(name => [`/api/v1/nodes/${name}/proxy/stats/summary`, 'proxy-stats-summary.json']),
			),
		});
		const routes = routesOf({api, options: {via: 'proxy', timeoutMs: 10_000}});
		const scrapes = await Promise.all(
			names.map(name => targetOf(nodeOf(undefined, {name}), routes).scrape(context())),
		);
		expect(new Set(scrapes.map(({route}) => routeText(route)))).toEqual(new Set(['proxy summary']));
		expect(api.mostAtOnce()).toBe(8);
	});
});

describe('metrics.k8s.io', () => {
	test('comes last, and has the reason', async () => {
		const api = await openApi({answers: {...METRICS, [PROXIED]: '403-no-rights-proxy-summary.json'}});
		const scrape = await openNode({api}).scrape(context());
		expect(scrape).toMatchObject({route: parseRoute('metrics.k8s.io'), degraded: {code: 'refused'}});
		expect(scrape.readings[0]?.node?.cpu?.usageCores).toBe(1);
	});

	test('may know a virtual node, whose address nobody asks', async () => {
		const kubelet = await openKubelet();
		const api = await openApi({answers: METRICS});
		const target = openNode({kubelet, api}, {isVirtual: true});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('metrics.k8s.io'),
			degraded: {brief: 'virtual'},
		});
		expect(kubelet.requests).toEqual([]);
	});
});

describe('a virtual node', () => {
	test.each(['auto', 'proxy'] as const)('is read by the proxy with --via %s', async via => {
		const kubelet = await openKubelet();
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({kubelet, api, options: {via}}, {isVirtual: true});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: undefined,
		});
		expect(kubelet.requests).toEqual([]);
	});

	test('is asked by nobody with --via direct', async () => {
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({api, options: {via: 'direct'}}, {isVirtual: true});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			brief: 'virtual',
			hint: expect.stringContaining('--via auto'),
		});
		expect(api.requests).toEqual([]);
	});

	test('names the right that its proxy would need', async () => {
		const api = await openApi({answers: {[PROXIED]: '403-no-rights-proxy-summary.json'}});
		expect(await failureOf(openNode({api}, {isVirtual: true}).scrape(context()))).toMatchObject({
			code: 'unsupported',
			brief: 'virtual',
			message: expect.stringContaining('"nodes/proxy"'),
			hint: expect.stringContaining('nodes/proxy'),
		});
	});

	test('teaches the nodes with kubelets nothing', async () => {
		const api = await openApi({answers: {...METRICS, [PROXIED]: 'proxy-stats-summary.json'}});
		const routes = routesOf({api, options: {via: 'proxy'}});
		for (let index = 0; index < 6; index++) {
			await failureOf(
				targetOf(nodeOf(undefined, {name: `v${index}`, isVirtual: true}), routes).scrape(context()),
			);
		}

		expect(await targetOf(nodeOf(undefined), routes).scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
		});
	});
});

describe('a node that cannot be read', () => {
	test('gives the reason of the direct route', async () => {
		const target = openNode({
			kubelet: await openKubelet({answers: ALL_FORBIDDEN}),
			api: await openApi({answers: {[PROXIED]: '403-no-rights-proxy-summary.json'}}),
		});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			name: 'KtopError',
			brief: '403 needs nodes/stats',
		});
	});

	test('gives the reason of the proxy where the direct route is left out', async () => {
		const api = await openApi({answers: {[PROXIED]: '403-no-rights-proxy-summary.json'}});
		const target = openNode({api, options: {kubeletCredentials: undefined}});
		expect(await failureOf(target.scrape(context()))).toMatchObject({brief: '403 needs nodes/proxy'});
	});

	test.each([
		['is virtual', {isVirtual: true}, {}, {brief: 'virtual'}],
		['has no address', {addresses: []}, {via: 'direct' as const}, {brief: 'no address'}],
		[
			'would see other credentials than those of who is acted as',
			{},
			{via: 'direct' as const, kubeletCredentials: undefined},
			{brief: '--as needs the proxy'},
		],
		['has no route that may be taken', {}, {via: 'proxy' as const, api: undefined}, {brief: 'no route'}],
	])('because it %s says so', async (_what, change, options, failure) => {
		const target = openNode({api: await openApi(), options}, change);
		expect(await failureOf(target.scrape(context()))).toMatchObject(failure);
	});

	test('is given up as soon as the visit is stopped, whatever routes are left', async () => {
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const kubelet = await openKubelet({answers: {'/stats/summary': 'hang'}});
		const abort = new AbortController();
		const reading = failureOf(openNode({kubelet, api}).scrape(context({signal: abort.signal})));
		await expect.poll(() => kubelet.requests).toHaveLength(1);
		abort.abort();
		expect(await reading).toMatchObject({code: 'aborted'});
		expect(api.requests).toEqual([]);
	});
});

describe('the routes that may be taken', () => {
	test('are those of the kubelet alone with direct', async () => {
		const api = await openApi({answers: {...METRICS, [PROXIED]: 'proxy-stats-summary.json'}});
		expect(await failureOf(openNode({api, options: {via: 'direct'}}).scrape(context()))).toMatchObject({
			code: 'refused',
		});
		expect(api.requests).toEqual([]);
	});

	test('are those of the API server alone with proxy', async () => {
		const kubelet = await openKubelet();
		const readOnly = await openReadOnlyPort();
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({kubelet, readOnly, api, options: {via: 'proxy'}});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: undefined,
		});
		expect([...kubelet.requests, ...readOnly.requests]).toEqual([]);
	});

	test('leave kubelets out where their answer would be for somebody else', async () => {
		const kubelet = await openKubelet();
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({kubelet, api, options: {kubeletCredentials: undefined}});
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: {brief: '--as needs the proxy'},
		});
		expect(kubelet.requests).toEqual([]);
	});

	test('are all asked with GET and nothing else', async () => {
		const kubelet = await openKubelet({answers: ALL_FORBIDDEN});
		const readOnly = await openReadOnlyPort({answers: {}});
		const api = await openApi({answers: {[PROXIED]: '403-no-rights-proxy-summary.json'}});
		await failureOf(openNode({kubelet, readOnly, api}).scrape(context()));
		for (const server of [kubelet, readOnly, api]) {
			expect([...server.methods]).toEqual(['GET']);
		}
	});
});

describe('the route that worked', () => {
	test('is remembered, and a better one is tried again after thirty visits', async () => {
		const kubelet = await openKubelet({answers: ALL_FORBIDDEN});
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({kubelet, api});
		await target.scrape(context());
		Object.assign(kubelet.answers, ALL_ROUTES);
		const routes: string[] = [];
		for (let visit = 0; visit < 32; visit++) {
			routes.push(routeText((await target.scrape(context())).route));
		}

		expect(routes.indexOf('summary')).toBe(30);
		expect(routes[31]).toBe('summary');
	});

	test('keeps its reason', async () => {
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({api});
		await target.scrape(context());
		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: {code: 'refused'},
		});
	});

	test('is left when it breaks, and all are tried again', async () => {
		const kubelet = await openKubelet({answers: ALL_FORBIDDEN});
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({kubelet, api});
		await target.scrape(context());
		Object.assign(kubelet.answers, ALL_ROUTES);
		api.answers[PROXIED] = '503-proxy-kubelet-down-summary.json';
		expect(await failureOf(target.scrape(context()))).toMatchObject({brief: '503 node unreachable'});
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('summary'), degraded: undefined});
	});

	test('is the next one after a kubelet hung on each of its routes', async () => {
		const kubelet = await openKubelet({
			answers: {
				'/stats/summary': 'hang',
				'/stats/summary?only_cpu_and_memory=true': 'hang',
				'/metrics/resource': 'hang',
			},
		});
		const api = await openApi({answers: {[PROXIED]: 'proxy-stats-summary.json'}});
		const target = openNode({kubelet, api, options: {timeoutMs: 1000}});
		for (let visit = 0; visit < 4; visit++) {
			expect(await failureOf(target.scrape(context({timeoutMs: 1000})))).toMatchObject({code: 'timeout'});
		}

		expect(await target.scrape(context())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: {code: 'timeout'},
		});
		expect(new Set(kubelet.requests).size).toBe(3);
	});
});

describe('while the API server is out', () => {
	const OUTAGE: Failure = {
		code: 'refused',
		brief: 'refused',
		message: 'API server https://kube:6443 refuses connections',
		hint: 'start it',
	};
	const UNAUTHORIZED = {'/stats/summary': '401-bad-token.txt', '/metrics/resource': '401-bad-token.txt'};
	const NO_REVIEW = {
		status: 500,
		text: 'Authorization error (user=u, verb=get, resource=nodes, subresource=stats)',
	};

	test.each([
		['refuses a token that it cannot review', UNAUTHORIZED, 'unauthorized'],
		['hangs', {'/stats/summary': 'hang'}, 'timeout'],
		[
			'cannot ask what the user may',
			{
				'/stats/summary': NO_REVIEW,
				'/stats/summary?only_cpu_and_memory=true': NO_REVIEW,
				'/metrics/resource': NO_REVIEW,
			},
			'server-error',
		],
	])('a kubelet that %s is said to do so for that', async (_, answers, code) => {
		const target = openNode({
			kubelet: await openKubelet({answers}),
			options: {outage: () => OUTAGE, timeoutMs: code === 'timeout' ? 1000 : 60_000},
		});
		expect(
			await failureOf(target.scrape(context({timeoutMs: code === 'timeout' ? 1000 : 60_000}))),
		).toMatchObject({
			code,
			brief: 'API server down',
			message: expect.stringMatching(
				/^kubelet .*, while the API server is down: API server .* refuses connections$/,
			),
			hint: expect.stringContaining('kubelets check tokens with the API server'),
		});
	});

	test('that its own routes refuse connections shows it', async () => {
		const api = await openApi();
		await api.close();
		const target = openNode({kubelet: await openKubelet({answers: UNAUTHORIZED}), api});
		expect(await failureOf(target.scrape(context()))).toMatchObject({
			code: 'unauthorized',
			brief: 'API server down',
		});
	});

	test('a kubelet that does not listen has its own reason', async () => {
		const target = openNode({options: {outage: () => OUTAGE}});
		expect(await failureOf(target.scrape(context()))).toMatchObject({code: 'refused', brief: 'refused'});
	});

	test('a kubelet’s 401 while it answers keeps its own reason', async () => {
		const target = openNode({kubelet: await openKubelet({answers: UNAUTHORIZED}), api: await openApi()});
		expect(await failureOf(target.scrape(context()))).toMatchObject({brief: '401 unauthorized'});
	});
});

test('a proxy’s 403 does not take the place of the kubelet’s own timeout as the reason', async () => {
	const kubelet = await openKubelet({
		answers: {
			'/stats/summary': 'hang',
			'/stats/summary?only_cpu_and_memory=true': 'hang',
			'/metrics/resource': 'hang',
		},
	});
	const api = await openApi({answers: {[PROXIED]: '403-no-rights-proxy-summary.json'}});
	const target = openNode({kubelet, api, options: {timeoutMs: 1000}});
	for (let visit = 0; visit < 6; visit++) {
		expect(await failureOf(target.scrape(context({timeoutMs: 1000})))).toMatchObject({code: 'timeout'});
	}

	expect(api.requests).toContain(PROXIED);
});

describe('what other nodes of the cluster taught', () => {
	const names = Array.from({length: 8}, (_, index) => `n${index}`);
	const proxied = Object.fromEntries(
		names.map(name => [`/api/v1/nodes/${name}/proxy/stats/summary`, 'proxy-stats-summary.json']),
	);

	test('lets a new node begin with the route that works, and says why', async () => {
		const api = await openApi({answers: proxied});
		const kubelet = await openKubelet({answers: ALL_FORBIDDEN});
		const routes = routesOf({api});
		for (const name of names.slice(0, 5)) {
			await targetOf(nodeOf(undefined, {name}), routes).scrape(context());
		}

		const scrape = await targetOf(nodeOf(kubelet, {name: 'n5'}), routes).scrape(context());
		expect(scrape).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: {
				code: 'refused',
				message: expect.stringContaining('not tried because it failed on the first 5'),
			},
		});
		expect(kubelet.requests).toEqual([]);
	});

	test('counts nodes, not visits', async () => {
		const api = await openApi();
		const kubelet = await openKubelet();
		const routes = routesOf({api});
		const failing = targetOf(nodeOf(undefined, {name: 'n0'}), routes);
		for (let visit = 0; visit < 6; visit++) {
			await failureOf(failing.scrape(context()));
		}

		Object.assign(api.answers, proxied);
		await targetOf(nodeOf(undefined, {name: 'n1'}), routes).scrape(context());
		expect(await targetOf(nodeOf(kubelet, {name: 'n2'}), routes).scrape(context())).toMatchObject({
			route: parseRoute('summary'),
		});
	});

	test('is worth nothing once the direct route worked anywhere', async () => {
		const api = await openApi({answers: proxied});
		const kubelet = await openKubelet();
		const routes = routesOf({api});
		await targetOf(nodeOf(kubelet, {name: 'n6'}), routes).scrape(context());
		for (const name of names.slice(0, 5)) {
			await targetOf(nodeOf(undefined, {name}), routes).scrape(context());
		}

		expect(await targetOf(nodeOf(kubelet, {name: 'n5'}), routes).scrape(context())).toMatchObject({
			route: parseRoute('summary'),
		});
	});

	test('is not the last word: where that route fails, the others have their turn, best first', async () => {
		const api = await openApi({answers: proxied});
		const kubelet = await openKubelet();
		const routes = routesOf({api});
		for (const name of names.slice(0, 5)) {
			await targetOf(nodeOf(undefined, {name, kubeletPort: CLOSED_PORT}), routes).scrape(context());
		}

		api.answers['/api/v1/nodes/n5/proxy/stats/summary'] = '503-proxy-kubelet-down-summary.json';
		const target = targetOf(nodeOf(kubelet, {name: 'n5'}), routes);
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('summary'), degraded: undefined});
		expect(await target.scrape(context())).toMatchObject({route: parseRoute('summary'), degraded: undefined});
		expect(api.requests.filter(path => path.includes('/n5/'))).toHaveLength(1);
	});
});

describe('a node that the user views', () => {
	const viewed = () => context({isViewed: () => true});
	const CADVISOR = {'/metrics/cadvisor': 'metrics-cadvisor-1.prom'};
	const throttledOf = ({readings}: Scrape) =>
		readings[0]?.containers.filter(({cpu}) => cpu?.throttling !== undefined).length;

	test('has the throttling of its containers, read directly', async () => {
		const kubelet = await openKubelet({answers: {...ALL_ROUTES, ...CADVISOR}});
		const target = openNode({kubelet});
		expect(throttledOf(await target.scrape(context()))).toBe(0);
		expect(throttledOf(await target.scrape(viewed()))).toBe(11);
		expect(throttledOf(await target.scrape(context()))).toBe(0);
		expect(kubelet.requests).toEqual([
			'/stats/summary',
			'/stats/summary',
			'/metrics/cadvisor',
			'/stats/summary',
		]);
	});

	test('has it through the proxy of the API server too', async () => {
		const periods =
			'container_cpu_cfs_periods_total{container="queue",id="",namespace="batch",pod="queue-0"} 918 1795426188520';
		const api = await openApi({
			answers: {[PROXIED]: 'proxy-stats-summary.json', [PROXIED_CADVISOR]: {status: 200, text: periods}},
		});
		const target = openNode({api, options: {via: 'proxy'}});
		const scrape = await target.scrape(viewed());
		expect(scrape).toMatchObject({route: parseRoute('proxy summary'), degraded: undefined});
		expect(throttledOf(scrape)).toBe(1);
		expect(api.requests).toEqual([PROXIED, PROXIED_CADVISOR]);
	});

	test('says why it is not known, by the route that was taken', async () => {
		const api = await openApi({
			answers: {
				[PROXIED]: 'proxy-stats-summary.json',
				[PROXIED_CADVISOR]: '403-no-rights-proxy-summary.json',
			},
		});
		const target = openNode({api, options: {via: 'proxy'}});
		expect(await target.scrape(viewed())).toMatchObject({
			route: parseRoute('proxy summary'),
			degraded: {
				code: 'forbidden',
				brief: '403 needs nodes/proxy',
				message: expect.stringMatching(/^throttling is unknown: /),
			},
		});
	});

	test('is read as ever where metrics-server alone knows it', async () => {
		const api = await openApi({answers: METRICS});
		const target = openNode({api}, {isVirtual: true});
		expect(await target.scrape(viewed())).toMatchObject({route: parseRoute('metrics.k8s.io')});
	});
});
