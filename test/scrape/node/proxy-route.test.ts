import {expect, test} from 'vitest';
import {Gate} from '../../../source/scrape/node/gate.ts';
import {proxyRoute} from '../../../source/scrape/node/proxy-route.ts';
import {recorded} from '../kubelet/recorded-kubelet.ts';
import {context} from '../scrape-context.ts';
import {failureOf, openApi, PROXIED, PROXIED_LESS, PROXIED_RESOURCE} from './cluster.ts';

async function openBusyProxy() {
	const api = await openApi({answers: {[PROXIED]: 'hang'}});
	const gate = new Gate(1);
	const wayTo = (name: string) =>
		proxyRoute({name, resourcePath: undefined, api: api.access, gate, now: () => 42});
	const abort = new AbortController();
	const first = failureOf(wayTo('node-a').read(context({signal: abort.signal})));
	await expect.poll(() => api.requests).toHaveLength(1);
	return {api, second: wayTo('node-b'), first, stopFirst: () => abort.abort()};
}

test('whoever waits for a turn at the proxy gives up when the visit’s time is over', async () => {
	const {api, second, first, stopFirst} = await openBusyProxy();
	expect(await failureOf(second.read(context({timeoutMs: 50})))).toMatchObject({
		code: 'timeout',
		brief: 'proxy is busy',
	});
	stopFirst();
	expect(await first).toMatchObject({code: 'aborted'});
	expect(api.requests).toEqual([PROXIED]);
});

test('whoever waits for a turn at the proxy gives up when the visit is stopped', async () => {
	const {api, second, stopFirst} = await openBusyProxy();
	const abort = new AbortController();
	const waiting = failureOf(second.read(context({signal: abort.signal})));
	abort.abort();
	expect(await waiting).toMatchObject({code: 'aborted'});
	stopFirst();
	expect(api.requests).toEqual([PROXIED]);
});

test('a node of any name is requested below its own path', async () => {
	const api = await openApi();
	const route = proxyRoute({
		name: 'a/../b?c',
		resourcePath: undefined,
		api: api.access,
		gate: new Gate(1),
		now: () => 42,
	});
	await failureOf(route.read(context({timeoutMs: 2000})));
	expect(api.requests[0]).toBe('/api/v1/nodes/a%2F..%2Fb%3Fc/proxy/stats/summary');
});

test('a node of which CPU and memory are enough is asked for them alone', async () => {
	const api = await openApi({
		answers: {[PROXIED_LESS]: {status: 200, text: recorded('summary-cpumem-1.json')}},
	});
	const route = proxyRoute({
		name: 'node-a',
		resourcePath: undefined,
		api: api.access,
		gate: new Gate(1),
		now: () => 42,
	});
	const scrape = await route.read(context({restHoldsMs: 9}));
	expect(scrape).toMatchObject({route: {via: 'proxy', endpoint: 'cpu+mem'}, readings: [{restHoldsMs: 9}]});
	expect(api.requests).toEqual([PROXIED_LESS]);
});

test('a firewall’s page in place of the proxy’s answer is not taken for a refusal of the kubelet', async () => {
	const page = {status: 403, type: 'text/html', text: '<html><h1>Blocked</h1></html>'};
	const api = await openApi({answers: {[PROXIED]: page, [PROXIED_LESS]: page, [PROXIED_RESOURCE]: page}});
	const route = proxyRoute({
		name: 'node-a',
		resourcePath: undefined,
		api: api.access,
		gate: new Gate(1),
		now: () => 42,
	});

	const failure = await failureOf(route.read(context({timeoutMs: 2000})));

	expect(failure).toMatchObject({code: 'bad-answer', brief: '403 not a kubelet'});
	expect(failure.message).toMatch(
		/^a proxy or firewall answered .* with 403 instead of kubelet node-a behind https:.*: Blocked$/,
	);
	expect(failure.hint).not.toMatch(/grant/);
});
