import {printable} from '../../../metrics/model/printable.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import type {ClusterRow} from '../../../metrics/model/row.ts';
import {formatBytes, formatCores, UNKNOWN} from '../../format/numbers.ts';
import {claimed} from './amounts-fact.ts';
import {CRITICAL, type FactsContext, fact, orUnknown, withBar} from './fact.ts';
import type {Fact} from './fact-columns.ts';

export function clusterFacts(row: ClusterRow, {theme}: FactsContext): readonly Fact[] {
	const {nodes, nodesReady, nodesRead, nodesVirtual, isFrozen, fullestFilesystem: full} = row;
	const isHealthy = nodesRead >= nodes - nodesVirtual && (nodesReady === undefined || nodesReady === nodes);
	const ready = nodesReady === undefined ? '' : `${nodesReady} ready${isFrozen ? '?' : ''}, `;
	return [
		fact('Nodes', `${nodes}, ${ready}${nodesRead} read`, isHealthy ? undefined : CRITICAL),
		withBar(
			'CPU',
			`${orUnknown(row.cpuCores, formatCores)} of ${orUnknown(row.cpuCapacityCores, formatCores)}`,
			ratio(row.cpuCores, row.cpuCapacityCores),
			theme,
		),
		withBar(
			'Memory',
			`${orUnknown(row.memoryWorkingSetBytes, formatBytes)} of ${orUnknown(row.memoryCapacityBytes, formatBytes)}`,
			ratio(row.memoryWorkingSetBytes, row.memoryCapacityBytes),
			theme,
		),
		claimed('Requests', row.requests, row.allocatable, theme),
		claimed('Limits', row.limits, row.allocatable, theme),
		full === undefined
			? fact('Fullest FS', UNKNOWN)
			: withBar('Fullest FS', printable(`${full.node} ${full.name}`), full.usedRatio, theme),
		fact(
			'Pods',
			orUnknown(row.pods, count => `${count} ${row.podsAre}`),
		),
		fact(
			'Containers',
			orUnknown(row.containers, count => `${count} running`),
		),
	];
}
