import {allocatableGpus, requestedGpus} from '../../../metrics/model/node-gpus.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import {routeText} from '../../../metrics/model/route.ts';
import type {NodeRow} from '../../../metrics/model/row.ts';
import {formatBytes, UNKNOWN} from '../../format/numbers.ts';
import {claimed} from './amounts-fact.ts';
import {CRITICAL, type FactsContext, fact, left, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';
import {filesystemFact} from './filesystem-fact.ts';
import {coresFacts, disksFacts, interfacesFacts} from './parts-facts.ts';
import {pressureFact} from './pressure-fact.ts';
import {statusText} from './status-text.ts';
import {sampleText, usageFacts} from './usage-facts.ts';

export function nodeFacts(row: NodeRow, options: FactsContext): readonly Fact[] {
	const {info, bound} = row;
	const {theme, isDescribed = false} = options;
	const gpus = allocatableGpus(row);
	const used = ratio(row.memoryWorkingSetBytes, row.memoryCapacityBytes);
	return [
		fact('Status', statusText(row), CRITICAL),
		...(isDescribed ? [] : (info?.problems ?? [])).map(({type, status, reason}) =>
			fact('Condition', `${type} ${status}${reason === undefined ? '' : `: ${reason}`}`, CRITICAL),
		),
		...coresFacts(row.cores, theme),
		...row.filesystems.map(filesystem => filesystemFact('', filesystem.name, filesystem, theme)),
		...interfacesFacts(row.interfaces),
		...disksFacts(row.disks, theme),
		claimed('Requests', bound?.requests, info?.allocatable, theme),
		claimed('Limits', bound?.limits, info?.allocatable, theme),
		...(gpus === undefined
			? []
			: [fact('GPU', `${orUnknown(requestedGpus(row), String)} of ${gpus} requested`)]),
		left('Memory left', orUnknown(row.memoryAvailableBytes, formatBytes), used, theme),
		pressureFact(row.pressure),
		...usageFacts(row),
		fact('Taints', (info?.taints ?? []).map(({key, effect}) => `${key}:${effect}`).join(', ') || UNKNOWN),
		fact('Kubelet', info?.versions.kubelet ?? UNKNOWN),
		fact('OS', info?.versions.osImage ?? UNKNOWN),
		fact(
			'Sample',
			sampleText(row, options.nowMs, row.state.kind === 'live' ? ` via ${routeText(row.state.route)}` : ''),
		),
	];
}
