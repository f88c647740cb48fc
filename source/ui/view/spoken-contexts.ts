import type {ContextsFeed} from '../feed.ts';
import {selectedContext} from '../state/context-choosing.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** The selected line of the list of contexts as a sentence; none if the list is closed. */
export function spokenContexts({mode}: ScreenState, feed: ContextsFeed | undefined): readonly string[] {
	if (mode.kind !== 'contexts' || feed === undefined) {
		return [];
	}

	const {contexts, failure} = feed.list();
	const context = feed.current();
	const index = selectedContext(mode.selected, {contexts: () => contexts ?? [], context});
	const selected = contexts?.[index];
	if (contexts === undefined || selected === undefined) {
		return [failure === undefined ? 'Reading the contexts of the kubeconfig.' : failure.message];
	}

	const {name, host, namespace, user, problem} = selected;
	const parts = [`server ${host ?? 'unknown'}`, `namespace ${namespace}`, `user ${user ?? 'none'}`];
	const failed = feed.failed();
	return [
		`Context ${name}, ${index + 1} of ${contexts.length}: ${parts.join(', ')}${(feed.shown?.() ?? [context]).includes(name) ? ', on the screen' : ''}.`,
		...(problem === undefined ? [] : [`${problem}.`]),
		...(failed?.name === name ? [`${failed.failure.message}; ${failed.failure.hint}.`] : []),
		'Enter shows it, Escape closes the list.',
	];
}
