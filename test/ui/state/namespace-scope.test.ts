import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../../source/ui/state/screen-memory.ts';
import {initialState} from '../../../source/ui/state/screen-state.ts';
import {namespaceRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {START, showing, stateAfter} from './states.ts';

describe('the key N', () => {
	test('switches all tables to the namespace of the selected row, and back', () => {
		const pods = stateAfter([{type: 'level', index: 1}]);
		const shown = showing([podRow('web', {namespace: 'shop'})]);
		const narrowed = act(pods, {type: 'namespace'}, shown);
		expect(currentPage(narrowed).scope).toEqual({namespaces: ['shop']});
		expect(currentPage(act(narrowed, {type: 'level', index: 2}, shown)).scope).toEqual({
			namespaces: ['shop'],
		});
		expect(currentPage(act(narrowed, {type: 'namespace'}, shown)).scope).toEqual({namespaces: undefined});
	});

	test('shows the pods of a selected namespace', () => {
		const narrowed = act(
			stateAfter([{type: 'level', index: 3}]),
			{type: 'namespace'},
			showing([namespaceRow('web')]),
		);
		expect(currentPage(narrowed)).toMatchObject({level: 'pods', scope: {namespaces: ['web']}});
	});

	test('switches from several namespaces to all', () => {
		const start = initialState('pods', {
			sort: undefined,
			filter: undefined,
			namespaces: ['a', 'b'],
			memory: NO_MEMORY,
		});
		const all = act(start, {type: 'namespace'}, showing([podRow('web', {namespace: 'a'})]));
		expect(currentPage(all).scope).toEqual({namespaces: undefined});
	});

	test('shows a message on a node', () => {
		const message = 'this row has no namespace: select a pod, a container or a namespace for N';
		expect(act(START, {type: 'namespace'}, showing([nodeRow('n1')]))).toEqual({...START, message});
	});
});
