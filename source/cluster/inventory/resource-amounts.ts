import type {ExtendedAmounts} from '../../metrics/model/extended-resources.ts';
import type {NodeResources, ResourceAmounts} from '../../metrics/model/inventory.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {parseQuantity} from '../../metrics/model/quantity.ts';

/** No amount is set or known. */
export const noAmounts: ResourceAmounts = {cpuCores: undefined, memoryBytes: undefined};

/**
 * Amounts from here on mean "no limit". Since Kubernetes 1.36 a pod's `status.resources` is read from its cgroup, where
 * "no limit" is the largest page boundary below 2^63 (`9007199254740988Ki`).
 */
const unlimited = 2 ** 62;

function decodeQuantity(quantity: unknown): number | undefined {
	const amount = parseQuantity(quantity);
	return amount !== undefined && amount >= 0 && amount < unlimited ? amount : undefined;
}

/** Decodes a ResourceList; undefined if absent, which the rules of resizing distinguish from empty. */
export function decodeAmounts(list: unknown): ResourceAmounts | undefined {
	if (!isJsonObject(list)) {
		return undefined;
	}
	return {cpuCores: decodeQuantity(list.cpu), memoryBytes: decodeQuantity(list.memory)};
}

const NOT_EXTENDED: ReadonlySet<string> = new Set(['cpu', 'memory', 'pods', 'ephemeral-storage']);

/** The extended resources of a ResourceList; undefined if it has none. */
export function decodeExtended(list: JsonObject): ExtendedAmounts | undefined {
	let extended: Record<string, number> | undefined;
	for (const [name, quantity] of Object.entries(list)) {
		const amount = NOT_EXTENDED.has(name) ? undefined : decodeQuantity(quantity);
		if (amount !== undefined) {
			extended ??= {};
			extended[name] = amount;
		}
	}

	return extended;
}

export function decodeNodeResources(list: JsonObject): NodeResources {
	const {cpu, memory, pods, 'ephemeral-storage': ephemeralStorage} = list;
	return {
		cpuCores: decodeQuantity(cpu),
		memoryBytes: decodeQuantity(memory),
		ephemeralStorageBytes: decodeQuantity(ephemeralStorage),
		pods: decodeQuantity(pods),
		extended: decodeExtended(list) ?? {},
	};
}

type Combine = (left: number, right: number) => number;

/** An amount that only one side has is taken as it is. */
function combine(left: ResourceAmounts, right: ResourceAmounts | undefined, both: Combine): ResourceAmounts {
	const merge = (a: number | undefined, b: number | undefined) =>
		a === undefined || b === undefined ? (a ?? b) : both(a, b);
	return {
		cpuCores: merge(left.cpuCores, right?.cpuCores),
		memoryBytes: merge(left.memoryBytes, right?.memoryBytes),
	};
}

/** Rounds to nine decimal places, the precision of quantities, so that 0.1 + 0.2 is 0.3. */
const exactly = (amount: number) => (Number.isInteger(amount) ? amount : Math.round(amount * 1e9) / 1e9);

export function addAmounts(left: ResourceAmounts, right: ResourceAmounts | undefined): ResourceAmounts {
	return combine(left, right, (a, b) => exactly(a + b));
}

/** The difference, at least 0; undefined if `left` has no amount. */
export function subtractAmounts(left: ResourceAmounts, right: ResourceAmounts): ResourceAmounts {
	const less = (a: number | undefined, b: number | undefined) =>
		a === undefined ? undefined : Math.max(0, exactly(a - (b ?? 0)));
	return {
		cpuCores: less(left.cpuCores, right.cpuCores),
		memoryBytes: less(left.memoryBytes, right.memoryBytes),
	};
}

export function maxAmounts(left: ResourceAmounts, right: ResourceAmounts | undefined): ResourceAmounts {
	return combine(left, right, Math.max);
}
