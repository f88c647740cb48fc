import type {ObjectRow, Surroundings, Why} from '../model/column.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {lastingContainers} from '../model/pod-limits.ts';
import {firstOf} from './missing.ts';

type Resource = keyof ResourceAmounts;

const WORDS: Readonly<Record<Resource, string>> = {cpuCores: 'CPU', memoryBytes: 'memory'};

/** Why the API server says nothing of a row; undefined where it does. */
export function whyUnlisted(row: ObjectRow, {hasInventory}: Surroundings): string | undefined {
	if (row.kind === 'container' && row.pod === undefined) {
		return 'it is in no pod, and only of pods more is told';
	}

	if (!hasInventory) {
		return 'only an API server tells it, and none is asked';
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
			return row.bound === undefined
				? 'not all pods of it may be listed, so that no sum is right'
				: undefined;
	}
}

/** What only the API server tells; `nothing` is what it means where it tells nothing. */
export const unlisted = (nothing: Why | string): Why => firstOf(whyUnlisted, nothing);

/** What is summed over the pods bound to a node. */
function whyUnbound(row: ObjectRow): string | undefined {
	return row.kind === 'node' && row.bound === undefined
		? 'not all pods may be listed, so that no sum is right'
		: undefined;
}

export const unbound = (nothing: Why | string): Why => firstOf(whyUnlisted, whyUnbound, nothing);

export const noRequest = (resource: Resource): Why =>
	unbound(row =>
		row.kind === 'pod'
			? `no container of it requests ${WORDS[resource]}`
			: `it requests no ${WORDS[resource]}`,
	);

export const noLimit = (resource: Resource): Why =>
	firstOf(
		// What a runtime tells by itself needs no API server: where it tells no limit, there is none.
		(row, {node}) =>
			row.kind === 'container' && node?.state.kind === 'live' && !isOfKubelet(node.state.route)
				? `it has no ${WORDS[resource]} limit`
				: undefined,
		unbound(row => {
			const word = WORDS[resource];
			switch (row.kind) {
				case 'node':
					return `no pod on it has a ${word} limit`;
				case 'container':
					return `it has no ${word} limit`;
				case 'namespace':
					return limitsOf(row.limited[resource], row.limited.of, word);
				case 'pod': {
					const containers = lastingContainers(row.info?.containers ?? []);
					const limited = containers.filter(({limits}) => limits[resource] !== undefined);
					return limitsOf(limited.length, containers.length, word);
				}
			}
		}),
	);

/** Routes of a kubelet tell usage and no limits. */
function isOfKubelet(route: string): boolean {
	return !(route.startsWith('cadvisor') || route === 'local');
}

function limitsOf(limited: number, of: number, word: string): string {
	return limited === 0
		? `no container of it has a ${word} limit`
		: `${limited} of ${of} containers have a ${word} limit, and without all of them there is none for the whole`;
}
