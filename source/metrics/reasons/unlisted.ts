import type {Surroundings, Why} from '../model/column.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {lastingContainers} from '../model/pod-limits.ts';
import {reportsLimits} from '../model/route.ts';
import type {ObjectRow} from '../model/row.ts';
import {isSumOfPods} from '../model/sum-of-pods.ts';
import {firstOf} from './reason.ts';

/**
 * Answers for figures that the API server lists (requests, limits, roles, owners): why is this one not set, or not known?
 * `unlisted` is for what one object lists, `unlistedSum` for sums over pods. Functions named `why…` give a reason or
 * undefined.
 */

type Resource = keyof ResourceAmounts;

const WORDS: Readonly<Record<Resource, string>> = {cpuCores: 'CPU', memoryBytes: 'memory'};

/** Why the row's object is not in the inventory; undefined where it is. */
export function whyUnlisted(row: ObjectRow, {hasInventory}: Surroundings): string | undefined {
	if (row.kind === 'container' && row.pod === undefined) {
		return 'it is in no pod, and the API server lists only pods';
	}

	if (row.kind === 'process') {
		return 'the API server lists no processes';
	}

	if (!hasInventory) {
		return 'only an API server reports it, and none is read';
	}

	switch (row.kind) {
		case 'node':
			return row.info === undefined
				? 'the API server lists no such node, or nodes may not be listed'
				: undefined;
		case 'pod':
		case 'container':
			return row.info === undefined
				? 'the API server does not list its pod, or pods may not be listed'
				: undefined;
		case 'namespace':
		case 'group':
		case 'workload':
			return row.bound === undefined
				? 'the right to list all of its pods is missing, so a sum would be wrong'
				: undefined;
	}
}

/** For what only the API server lists. `nothing` is what an empty field means. */
export const unlisted = (nothing: Why | string): Why => firstOf(whyUnlisted, nothing);

/** Sums over the pods bound to a node need all of these pods. */
function whyNoSum(row: ObjectRow): string | undefined {
	return row.kind === 'node' && row.bound === undefined
		? 'not all pods may be listed, so a sum would be wrong'
		: undefined;
}

export const unlistedSum = (nothing: Why | string): Why => firstOf(whyUnlisted, whyNoSum, nothing);

export const noRequest = (resource: Resource): Why =>
	unlistedSum(row =>
		row.kind === 'pod'
			? `no container of it requests ${WORDS[resource]}`
			: isSumOfPods(row) && (row.bound?.requests[resource] ?? 0) > 0
				? `its pods whose usage is known request no ${WORDS[resource]}`
				: `it requests no ${WORDS[resource]}`,
	);

export const noLimit = (resource: Resource): Why =>
	firstOf(
		(row, {node}) =>
			row.kind === 'container' && node?.state.kind === 'live' && reportsLimits(node.state.route)
				? `it has no ${WORDS[resource]} limit`
				: undefined,
		unlistedSum(row => {
			const word = WORDS[resource];
			switch (row.kind) {
				case 'node':
					return `no pod on it has a ${word} limit`;
				case 'container':
					return `it has no ${word} limit`;
				case 'process':
					return `only its container has a ${word} limit`;
				case 'namespace':
				case 'group':
				case 'workload':
					return limitsOf(row.limited[resource], row.limited.of, word);
				case 'pod': {
					const containers = lastingContainers(row.info?.containers ?? []);
					const limited = containers.filter(({limits}) => limits[resource] !== undefined);
					return limitsOf(limited.length, containers.length, word);
				}
			}
		}),
	);

function limitsOf(limited: number, of: number, word: string): string {
	return limited === 0
		? `no container of it has a ${word} limit`
		: `${limited} of ${of} containers have a ${word} limit; the whole has one only if all do`;
}
