import {describe, expect, test} from 'vitest';
import type {Description, ObjectEvent} from '../../../../source/metrics/model/description.ts';
import {descriptionFacts} from '../../../../source/ui/draw/facts/description-facts.ts';

const EVENT: ObjectEvent = {
	isWarning: true,
	reason: 'BackOff',
	message: 'Back-off restarting',
	count: 12,
	lastMs: 0,
	from: 'kubelet',
};
const NOTHING = {kind: 'known', value: []} as const;

const drawn = (description: Description | 'unread', nowMs = 300_000): readonly string[] =>
	descriptionFacts(description, nowMs).map(({label, pieces}) => `${label}: ${pieces.join(' ')}`);

describe('what the API server says', () => {
	test('has the age, kind, count and message of each event', () => {
		expect(
			drawn({
				facts: NOTHING,
				events: {kind: 'known', value: [EVENT, {...EVENT, isWarning: false, count: 1, from: undefined}]},
			}),
		).toEqual([
			'5m ago: Warning BackOff 12x: Back-off restarting (kubelet)',
			'5m ago: BackOff: Back-off restarting',
		]);
	});

	test('says that there are no events, and how long they are kept', () => {
		expect(drawn({facts: NOTHING, events: NOTHING})).toEqual([
			'Events: none (the API server keeps them for an hour by default)',
		]);
	});

	test('says that it is being read', () => {
		expect(drawn('unread')).toEqual(['Events: being read']);
	});

	test('says why it cannot be read, and the fix', () => {
		const failure = {code: 'forbidden', brief: '403 needs events', message: 'm', hint: 'grant it'} as const;
		expect(drawn({facts: {kind: 'failed', failure}, events: {kind: 'failed', failure}})).toEqual([
			'Object: 403 needs events: grant it',
			'Events: 403 needs events: grant it',
		]);
	});

	test('puts wrong conditions before warnings, and both before all else', () => {
		const value = {label: 'Condition', text: 'Ready False', sinceMs: 0, isWrong: true};
		const facts = descriptionFacts(
			{facts: {kind: 'known', value: [value]}, events: {kind: 'known', value: [EVENT]}},
			60_000,
		);
		expect(facts.map(({share}) => share)).toEqual([0.9, 0.7]);
		expect(facts[0]?.pieces.join(' ')).toBe('Ready False, for 60s');
	});

	test('contains no control characters of the cluster', () => {
		const hostile = {...EVENT, reason: '\u001B[31mX', message: 'a\nb', from: '\u0007'};
		expect(drawn({facts: NOTHING, events: {kind: 'known', value: [hostile]}}).join('')).toMatch(
			/^[^\p{Cc}]*$/u,
		);
	});
});
