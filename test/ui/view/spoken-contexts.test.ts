import {expect, test} from 'vitest';
import type {ContextsFeed} from '../../../source/ui/feed.ts';
import {startContexts} from '../../../source/ui/state/context-choosing.ts';
import {spokenContexts} from '../../../source/ui/view/spoken-contexts.ts';
import {contextNamed, START} from '../state/states.ts';

const feed = (known: Partial<ContextsFeed> = {}): ContextsFeed => ({
	list: () => ({
		contexts: ['dev', 'prod'].map(contextNamed),
		failure: undefined,
	}),
	whenRead: async () => {},
	current: () => 'prod',
	opening: () => undefined,
	failed: () => undefined,
	open: async () => ({kind: 'superseded'}),
	...known,
});

test('the selected context is a sentence', () => {
	expect(spokenContexts(startContexts(START), feed())).toEqual([
		'Context prod, 2 of 2: server prod.example, namespace default, user none, on the screen.',
		'Enter shows it, Escape closes the list.',
	]);
});

test('that the kubeconfig is being read is said', () => {
	const list = () => ({contexts: undefined, failure: undefined});
	expect(spokenContexts(startContexts(START), feed({list}))).toEqual([
		'Reading the contexts of the kubeconfig.',
	]);
});

test('nothing is said while the list is closed', () => {
	expect(spokenContexts(START, feed())).toEqual([]);
});
