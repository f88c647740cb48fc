import type {AnswerOrFailure, Description, ObjectEvent} from '../../../metrics/model/description.ts';
import {formatDuration} from '../../format/numbers.ts';
import {CRITICAL, fact, HIGH} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** What the API server says about the object: conditions, probes, addresses, labels, and events behind them. */
export function descriptionFacts(description: Description | 'unread', nowMs: number): readonly Fact[] {
	if (description === 'unread') {
		return [fact('Events', 'being read')];
	}

	const {facts, events} = description;
	return [
		...(facts.kind === 'known'
			? facts.value.map(({label, text, sinceMs, isWrong}) =>
					fact(label, `${text}${since(sinceMs, nowMs)}`, isWrong ? CRITICAL : undefined),
				)
			: [failure('Object', facts)]),
		...(events.kind === 'known' ? eventFacts(events.value, nowMs) : [failure('Events', events)]),
	];
}

function eventFacts(events: readonly ObjectEvent[], nowMs: number): readonly Fact[] {
	return events.length === 0
		? [fact('Events', 'none (the API server keeps them for an hour by default)')]
		: events.map(event => eventFact(event, nowMs));
}

/** `5m ago     Warning BackOff 12x: Back-off restarting failed container (kubelet)`. */
function eventFact({isWarning, reason, message, count, lastMs, from}: ObjectEvent, nowMs: number): Fact {
	const label = lastMs === undefined ? 'Event' : `${formatDuration(Math.max(nowMs - lastMs, 0))} ago`;
	const times = count === 1 ? '' : ` ${count}x`;
	const text = `${isWarning ? 'Warning ' : ''}${reason}${times}: ${message}${from === undefined ? '' : ` (${from})`}`;
	return fact(label, text, isWarning ? HIGH : undefined);
}

function since(sinceMs: number | undefined, nowMs: number): string {
	return sinceMs === undefined ? '' : `, for ${formatDuration(Math.max(nowMs - sinceMs, 0))}`;
}

function failure(
	label: string,
	{failure: {brief, hint}}: Extract<AnswerOrFailure<unknown>, {kind: 'failed'}>,
): Fact {
	return fact(label, `${brief}: ${hint}`);
}
