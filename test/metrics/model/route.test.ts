import {describe, expect, test} from 'vitest';
import {parseRoute, type Route, routeText} from '../../../source/metrics/model/route.ts';

const ROUTES: ReadonlyArray<readonly [text: string, route: Route]> = [
	['summary', {kind: 'kubelet', via: 'direct', endpoint: 'summary'}],
	['summary cpu+mem', {kind: 'kubelet', via: 'direct', endpoint: 'cpu+mem'}],
	['proxy summary', {kind: 'kubelet', via: 'proxy', endpoint: 'summary'}],
	['read-only summary cpu+mem', {kind: 'kubelet', via: 'read-only', endpoint: 'cpu+mem'}],
	['proxy resource', {kind: 'kubelet', via: 'proxy', endpoint: 'resource'}],
	['cadvisor v2.1', {kind: 'cadvisor', version: 'v2.1'}],
	['cadvisor v1.3', {kind: 'cadvisor', version: 'v1.3'}],
	['metrics.k8s.io', {kind: 'metrics-api'}],
	['local', {kind: 'local'}],
	['carrier pigeon', {kind: 'unknown', text: 'carrier pigeon'}],
	['proxy pigeon', {kind: 'unknown', text: 'proxy pigeon'}],
	['', {kind: 'unknown', text: ''}],
];

describe.each(ROUTES)('the route "%s"', (text, route) => {
	test('is read from a recording', () => {
		expect(parseRoute(text)).toEqual(route);
	});

	test('is written as it was read', () => {
		expect(routeText(route)).toBe(text);
	});
});
