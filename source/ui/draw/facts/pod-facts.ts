import {fullness} from '../../../metrics/model/fullness.ts';
import type {ContainerInfo} from '../../../metrics/model/inventory.ts';
import {podLimits} from '../../../metrics/model/pod-limits.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import type {PodRow} from '../../../metrics/model/row.ts';
import {lastTermination} from '../../../metrics/model/status.ts';
import {formatBytes, UNKNOWN} from '../../format/numbers.ts';
import {amounts, usedLimits} from './amounts-fact.ts';
import {urgencyOf} from './container-urgency.ts';
import {CRITICAL, type FactsContext, fact, orUnknown, withBar} from './fact.ts';
import type {Fact} from './fact-columns.ts';
import {filesystemFact} from './filesystem-fact.ts';
import {pressureFact} from './pressure-fact.ts';
import {statusText} from './status-text.ts';
import {sampleText, usageFacts} from './usage-facts.ts';

export function podFacts(row: PodRow, {theme, nowMs}: FactsContext): readonly Fact[] {
	const {info} = row;
	const limits = podLimits(row);
	return [
		fact('Status', [statusText(row), info?.message].filter(Boolean).join(': '), CRITICAL),
		...(info?.containers ?? []).map(container =>
			fact('Container', containerText(container), urgencyOf(container)),
		),
		...[...row.volumes]
			.sort((one, other) => (fullness(other) ?? -1) - (fullness(one) ?? -1))
			.map(volume => filesystemFact(volume.claim?.name ?? volume.name, 'Volume', volume, theme)),
		usedLimits('Limits', limits, row, theme),
		fact('Requests', amounts(info?.requests)),
		pressureFact(row.pressure),
		fact('Workload', info?.workload === undefined ? UNKNOWN : `${info.workload.kind}/${info.workload.name}`),
		fact('Node', row.node || UNKNOWN),
		fact('QoS', info?.qosClass ?? UNKNOWN),
		withBar(
			'Ephemeral',
			orUnknown(row.ephemeralStorageUsedBytes, formatBytes),
			ratio(row.ephemeralStorageUsedBytes, info?.ephemeralStorageLimitBytes),
			theme,
		),
		...usageFacts(row),
		fact('Sample', sampleText(row, nowMs, '')),
	];
}

/** `web: CrashLoopBackOff: back-off 5m0s, 3 restarts, last exit OOMKilled`. */
function containerText(container: ContainerInfo): string {
	const {name, state, restarts} = container;
	const ended = lastTermination(container);
	const now =
		state.kind === 'waiting'
			? [state.reason ?? 'waiting', state.message].filter(part => part !== undefined).join(': ')
			: state.kind;
	return `${name}: ${now}${restarts === 0 ? '' : `, ${restarts} restarts`}${ended === undefined ? '' : `, last exit ${ended}`}`;
}
