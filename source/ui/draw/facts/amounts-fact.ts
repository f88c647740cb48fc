import type {ResourceAmounts} from '../../../metrics/model/inventory.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import type {Usage} from '../../../metrics/model/row.ts';
import {formatBytes, formatCores, UNKNOWN} from '../../format/numbers.ts';
import type {Theme} from '../../theme/theme.ts';
import {bar, highest, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** Requests or limits of pods, with their share of the allocatable resources of the node or cluster. */
export function claimed(
	label: string,
	claims: ResourceAmounts | undefined,
	allocatable: ResourceAmounts | undefined,
	theme: Theme,
): Fact {
	return amountsFact(
		label,
		claims,
		ratio(claims?.cpuCores, allocatable?.cpuCores),
		ratio(claims?.memoryBytes, allocatable?.memoryBytes),
		theme,
	);
}

/** Limits, with their used share. */
export function usedLimits(
	label: string,
	limits: ResourceAmounts | undefined,
	row: Usage,
	theme: Theme,
): Fact {
	return amountsFact(
		label,
		limits,
		ratio(row.cpuCores, limits?.cpuCores),
		ratio(row.memoryWorkingSetBytes, limits?.memoryBytes),
		theme,
	);
}

/** Amounts of CPU and memory, and a bar for each share. */
function amountsFact(
	label: string,
	resources: ResourceAmounts | undefined,
	cpu: number | undefined,
	memory: number | undefined,
	theme: Theme,
): Fact {
	return {
		label,
		pieces: [amounts(resources), ...named('CPU', cpu, theme), ...named('MEM', memory, theme)],
		share: highest(cpu, memory),
	};
}

/** `500m cores, 1.0Gi`; `–` if neither is known. */
export function amounts(resources: ResourceAmounts | undefined): string {
	return resources?.cpuCores === undefined && resources?.memoryBytes === undefined
		? UNKNOWN
		: `${orUnknown(resources?.cpuCores, formatCores)} cores, ${orUnknown(resources?.memoryBytes, formatBytes)}`;
}

function named(name: string, share: number | undefined, theme: Theme): readonly string[] {
	return share === undefined ? [] : [`${name} ${bar(share, theme)}`];
}
