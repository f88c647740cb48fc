import {sumLimits} from '../../../metrics/model/pod-limits.ts';
import type {WorkloadRow} from '../../../metrics/model/row.ts';
import {formatBytes, formatCores, formatPercent, UNKNOWN} from '../../format/numbers.ts';
import {amounts} from './amounts-fact.ts';
import {fact, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** What a workload is, and its fullest pod. */
export function workloadFacts(row: WorkloadRow): readonly Fact[] {
	const {ready, wantedPods, highest} = row;
	return [
		fact('Kind', row.workloadKind ?? UNKNOWN),
		fact(
			'Pods',
			orUnknown(
				ready?.pods,
				pods => `${pods} of ${wantedPods === undefined ? ready?.of : `${wantedPods} wanted`} ready`,
			),
		),
		fact(
			'Restarts',
			orUnknown(row.restarts, count => `${count}`),
		),
		fact('Requests', amounts(row.bound?.requests)),
		fact('Limits', amounts(sumLimits(row))),
		fact(
			'Max CPU',
			orUnknown(highest.cpuCores, cores => `${formatCores(cores)} of one pod`),
		),
		fact(
			'Max memory',
			orUnknown(highest.memoryBytes, bytes => `${formatBytes(bytes)} of ${highest.pod ?? 'one pod'}`),
		),
		fact(
			'Max of limit',
			orUnknown(highest.memoryLimitRatio, share => `${formatPercent(share)} of a pod’s memory limit`),
		),
	];
}
