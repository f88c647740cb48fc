import {expect, test} from 'vitest';
import type {Failure} from '../../../source/metrics/model/failure.ts';
import type {RouteName} from '../../../source/scrape/node/route.ts';
import {RoutePrior} from '../../../source/scrape/node/route-prior.ts';

const WAYS: readonly RouteName[] = ['direct', 'read-only', 'proxy', 'metrics.k8s.io'];
const SLOW: Failure = {code: 'timeout', brief: 'slow', message: 'it is slow', hint: 'wait'};

function priorOf(failedNodes: number, ...worked: readonly RouteName[]): RoutePrior {
	const prior = new RoutePrior();
	for (let node = 0; node < failedNodes; node++) {
		prior.failed('direct', `n${node}`, SLOW);
	}

	for (const route of worked) {
		prior.worked(route);
	}

	return prior;
}

test.each<[string, number, readonly RouteName[], number]>([
	['the best where nothing is known', 0, [], 0],
	['the best while it failed on four nodes', 4, ['proxy'], 0],
	['the route that worked where the best failed on five nodes', 5, ['proxy'], 2],
	['the better of two that worked', 5, ['metrics.k8s.io', 'proxy'], 2],
	['the best where nothing worked at all', 5, [], 0],
	['the best where it worked on any node', 9, ['proxy', 'direct'], 0],
])('a new node begins with %s', (_what, failedNodes, worked, first) => {
	expect(priorOf(failedNodes, ...worked).first(WAYS)).toBe(first);
});

test('a node that may not take the route that worked begins with its own best', () => {
	expect(priorOf(5, 'proxy').first(['direct', 'read-only'])).toBe(0);
});

test('the reason is the last failure', () => {
	const prior = priorOf(5);
	prior.failed('direct', 'n9', {...SLOW, brief: 'refused', message: 'it refuses'});
	expect(prior.reason('direct')).toMatchObject({
		brief: 'refused',
		message: 'not tried because it failed on the first 5 nodes: it refuses',
	});
	expect(prior.reason('proxy')).toBeUndefined();
});
