import {expect, test} from 'vitest';
import {parseRoute} from '../../../source/metrics/model/route.ts';

test.each([
	['summary', 'direct', 'summary'],
	['proxy summary', 'proxy', 'summary'],
	['read-only cpu+mem', 'read-only', 'cpu+mem'],
	['proxy resource', 'proxy', 'resource'],
	['cadvisor v2.1', 'direct', 'cadvisor'],
	['cadvisor v1.3', 'direct', 'cadvisor'],
	['metrics.k8s.io', 'direct', 'metrics.k8s.io'],
	['local', 'direct', 'local'],
	['carrier pigeon', 'direct', undefined],
] as const)('the route %s is %s, from %s', (route, via, endpoint) => {
	expect(parseRoute(route)).toEqual({via, endpoint});
});
