import type {DescribedFact} from '../../metrics/model/description.ts';
import type {JsonObject} from '../../metrics/model/json.ts';
import {objectsAt, textAt, textsAt, timeAt} from '../inventory/json-field.ts';
import {messageAt} from '../inventory/message.ts';

export function describedFact(label: string, text: string): DescribedFact {
	return {label, text, sinceMs: undefined, isWrong: false};
}

/** A fact if its text is known. */
export function optionalFact(label: string, text: string | undefined): readonly DescribedFact[] {
	return text === undefined || text === '' ? [] : [describedFact(label, text)];
}

/** All labels in one fact: `app=web tier=front`. */
export function labelsFact(metadata: JsonObject): readonly DescribedFact[] {
	const labels = Object.entries(textsAt(metadata, 'labels'));
	return optionalFact('Labels', labels.map(([name, value]) => `${name}=${value}`).join(' '));
}

/** Which conditions are as they should be; `isGood` and `isWrong` by type and status. Others are neither. */
export type Judgement = {
	readonly isGood: (type: string, status: string) => boolean;
	readonly isWrong: (type: string, status: string, reason: string | undefined) => boolean;
};

/** Each condition with its reason and message; those that are good are named in one fact. */
export function conditionFacts(status: JsonObject, {isGood, isWrong}: Judgement): readonly DescribedFact[] {
	const good: string[] = [];
	const facts: DescribedFact[] = [];
	for (const condition of objectsAt(status, 'conditions')) {
		const type = textAt(condition, 'type') ?? '';
		const state = textAt(condition, 'status') ?? 'Unknown';
		const reason = textAt(condition, 'reason');
		if (isGood(type, state)) {
			good.push(`${type} ${state}`);
		} else {
			const why = [reason, messageAt(condition)].filter(part => part !== undefined).join(': ');
			facts.push({
				label: 'Condition',
				text: why === '' ? `${type} ${state}` : `${type} ${state}: ${why}`,
				sinceMs: timeAt(condition, 'lastTransitionTime'),
				isWrong: isWrong(type, state, reason),
			});
		}
	}

	return [...facts, ...optionalFact('Conditions', good.join(', '))];
}
