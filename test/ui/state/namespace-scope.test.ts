import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {namespaceRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {START, showing, stateAfter} from './states.ts';

describe('the namespace', () => {
	test('is that of the selected row, on every level from then on, until it is asked for again', () => {
		const pods = stateAfter([{type: 'level', index: 1}]);
		const shown = showing([podRow('web', {namespace: 'shop'})]);
		const narrowed = act(pods, {type: 'namespace'}, shown);
		expect(currentPage(narrowed).scope).toEqual({namespace: 'shop'});
		expect(currentPage(act(narrowed, {type: 'level', index: 2}, shown)).scope).toEqual({namespace: 'shop'});
		expect(currentPage(act(narrowed, {type: 'namespace'}, shown)).scope).toEqual({namespace: undefined});
	});

	test('of a namespace’s row shows its pods', () => {
		const narrowed = act(
			stateAfter([{type: 'level', index: 3}]),
			{type: 'namespace'},
			showing([namespaceRow('web')]),
		);
		expect(currentPage(narrowed)).toMatchObject({level: 'pods', scope: {namespace: 'web'}});
	});

	test('cannot be told of a node', () => {
		const message = 'this row is in no namespace: N narrows to that of a pod or a container';
		expect(act(START, {type: 'namespace'}, showing([nodeRow('n1')]))).toEqual({...START, message});
	});
});
