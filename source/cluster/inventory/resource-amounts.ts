import type {NodeResources, ResourceAmounts} from '../../metrics/model/inventory.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {parseQuantity} from '../../metrics/model/quantity.ts';

/** Neither stated nor known. */
export const noAmounts: ResourceAmounts = {cpuCores: undefined, memoryBytes: undefined};

/**
 * Since Kubernetes 1.36 a pod's `status.resources` is read back from its cgroup, where "no limit" is the greatest
 * whole page below 2^63 (`9007199254740988Ki`). No machine has 2^62 of anything: such an amount is no amount.
 */
const unbelievable = 2 ** 62;

function decodeQuantity(quantity: unknown): number | undefined {
	const amount = parseQuantity(quantity);
	return amount !== undefined && amount >= 0 && amount < unbelievable ? amount : undefined;
}

/** A ResourceList, or undefined where there is none: to the rules of resizing, absent differs from empty. */
export function decodeAmounts(list: unknown): ResourceAmounts | undefined {
	if (!isJsonObject(list)) {
		return undefined;
	}
	return {cpuCores: decodeQuantity(list.cpu), memoryBytes: decodeQuantity(list.memory)};
}

export function decodeNodeResources(list: JsonObject): NodeResources {
	const {cpu, memory, pods, 'ephemeral-storage': ephemeralStorage, ...others} = list;
	const extended = Object.fromEntries(
		Object.entries(others).flatMap(([name, quantity]) => {
			const amount = decodeQuantity(quantity);
			return amount === undefined ? [] : [[name, amount] as const];
		}),
	);
	return {
		cpuCores: decodeQuantity(cpu),
		memoryBytes: decodeQuantity(memory),
		ephemeralStorageBytes: decodeQuantity(ephemeralStorage),
		pods: decodeQuantity(pods),
		extended,
	};
}

type Combine = (left: number, right: number) => number;

/** What only one side states is that side's: nothing stated adds nothing. */
function combine(left: ResourceAmounts, right: ResourceAmounts | undefined, both: Combine): ResourceAmounts {
	const merge = (a: number | undefined, b: number | undefined) =>
		a === undefined || b === undefined ? (a ?? b) : both(a, b);
	return {
		cpuCores: merge(left.cpuCores, right?.cpuCores),
		memoryBytes: merge(left.memoryBytes, right?.memoryBytes),
	};
}

/** Quantities hold at most nine decimal places, so a sum of them is exact there and 0.1 + 0.2 is 0.3. */
const exactly = (amount: number) => (Number.isInteger(amount) ? amount : Math.round(amount * 1e9) / 1e9);

export function addAmounts(left: ResourceAmounts, right: ResourceAmounts | undefined): ResourceAmounts {
	return combine(left, right, (a, b) => exactly(a + b));
}

/** Never below 0; what `left` does not state stays unstated. */
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
